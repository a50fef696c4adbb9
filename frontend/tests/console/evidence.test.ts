import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, type Span, spansIn } from "../../src/console/pure/evidence";
import { reason } from "./cast";

const span = (number: number, start: number, end: number): Span => ({ number, kind: "asked", start, end, index: 0 });
const seen = (body: string, spans: Span[]): [string, number[], number[]][] =>
  cut(body, spans).map((piece) => [piece.text, piece.spans.map((each) => each.number), piece.ends.map((each) => each.number)]);

test("a phrase is cut out and carries its number at its end", () => {
  assert.deepEqual(seen("Please get me a person now", [span(1, 7, 22)]), [
    ["Please ", [], []],
    ["get me a person", [1], [1]],
    [" now", [], []],
  ]);
});

test("overlapping phrases are cut where either begins or ends, the lower number first", () => {
  assert.deepEqual(seen("abcdef", [span(2, 2, 6), span(1, 0, 4)]), [
    ["ab", [1], []],
    ["cd", [1, 2], [1]],
    ["ef", [2], [2]],
  ]);
});

test("the same phrase may be evidence for two reasons", () => {
  assert.deepEqual(seen("no", [span(3, 0, 2), span(2, 0, 2)]), [["no", [2, 3], [2, 3]]]);
});

test("offsets count UTF-16 units, so an emoji before the phrase takes two", () => {
  const body = "😡😡 get me a person";
  assert.equal(body.slice(5, 20), "get me a person");
  assert.deepEqual(seen(body, [span(1, 5, 20)])[1], ["get me a person", [1], [1]]);
});

test("an offset inside an emoji never cuts it in halves", () => {
  const pieces = cut("a😡b", [span(1, 2, 4)]);
  assert.deepEqual(pieces.map((piece) => piece.text), ["a", "😡b"]);
  assert.deepEqual(cut("a😡b", [span(1, 0, 2)]).map((piece) => piece.text), ["a😡", "b"]);
});

test("offsets outside the text, empty and reversed ones mark nothing and lose nothing", () => {
  for (const wrong of [span(1, 2, 2), span(1, 3, 1), span(1, 9, 12), span(1, -4, 0)]) {
    assert.deepEqual(cut("abc", [wrong]), [{ text: "abc", spans: [], ends: [] }]);
  }
  assert.deepEqual(seen("abc", [span(1, 1, 99)]), [["a", [], []], ["bc", [1], [1]]]);
  assert.deepEqual(cut("", [span(1, 0, 0)]), []);
});

test("the pieces are the text again for every pair of spans", () => {
  const body = "x😀yz e\u0301 👩‍👧";
  for (let a = -1; a <= body.length + 1; a += 1) {
    for (let b = -1; b <= body.length + 1; b += 1) {
      const pieces = cut(body, [span(1, a, b), span(2, b, a + 3)]);
      assert.equal(pieces.map((piece) => piece.text).join(""), body);
    }
  }
});

test("only the evidence of this message is taken, with the place in its reason's list", () => {
  const reasons = [reason(1, { evidence: [{ seq: 2, start: 0, end: 1 }, { seq: 5, start: 3, end: 7 }] }), reason(2, { kind: "sentiment" })];
  assert.deepEqual(spansIn(reasons, 5), [{ number: 1, kind: "asked", start: 3, end: 7, index: 1 }]);
});
