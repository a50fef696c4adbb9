import assert from "node:assert/strict";
import { test } from "node:test";
import { lastSeq, take } from "../../src/shared/log";
import type { Line } from "../../src/shared/protocol";
import { line } from "./lines";

const seqs = (lines: readonly { seq: number }[]) => lines.map(({ seq }) => seq);

test("lines that are here already are dropped", () => {
  const here = [line(1), line(2)];
  const { lines, gap } = take(here, [line(1), line(2), line(3)]);
  assert.deepEqual(seqs(lines), [1, 2, 3]);
  assert.equal(gap, false);
});

test("nothing new leaves the very same array", () => {
  const here = [line(1)];
  assert.equal(take(here, [line(1)]).lines, here);
});

test("at a gap nothing beyond it is taken, and the caller is told", () => {
  const { lines, gap } = take([line(1)], [line(2), line(4), line(5)]);
  assert.deepEqual(seqs(lines), [1, 2]);
  assert.equal(gap, true);
});

test("parts that repeat, overlap and leave gaps end in the whole log when a gap asks again", () => {
  const whole = Array.from({ length: 30 }, (_, index) => line(index + 1));
  for (let seed = 1; seed <= 200; seed++) {
    let mine: readonly Line[] = [];
    let draw = seed;
    while (lastSeq(mine) < 30) {
      draw = (draw * 75 + 74) % 65537;
      const from = draw % 30;
      const result = take(mine, whole.slice(from, from + 7));
      mine = result.gap ? take(result.lines, whole.slice(lastSeq(result.lines), from + 7)).lines : result.lines;
      assert.deepEqual(mine, whole.slice(0, mine.length));
    }
  }
});

test("the end of an empty log is 0", () => {
  assert.equal(lastSeq([]), 0);
});
