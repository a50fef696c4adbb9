import assert from "node:assert/strict";
import { test } from "node:test";
import { csrfToken } from "../../src/console/api";
import { Drafts } from "../../src/console/pure/drafts";
import { Shelf } from "../../src/console/pure/shelf";
import { Outboxes } from "../../src/console/state/outboxes";
import { Memory } from "./storage";

test("each conversation keeps its own draft, over a reload too", () => {
  const memory = new Memory();
  const drafts = new Drafts(new Shelf(memory));
  drafts.write("a", "Hello Tom");
  drafts.write("b", "Hi");
  drafts.write("b", "");
  const reloaded = new Drafts(new Shelf(memory));
  assert.deepEqual([reloaded.read("a"), reloaded.read("b")], ["Hello Tom", ""]);
  assert.equal(memory.length, 1);
});

test("a full or forbidden storage does not lose the draft of this page", () => {
  const full = new Memory();
  full.full = true;
  for (const shelf of [new Shelf(full), new Shelf(null)]) {
    const drafts = new Drafts(shelf);
    drafts.write("a", "Hello");
    assert.equal(drafts.read("a"), "Hello");
  }
});

test("a fault that is not the storage's refusal is not swallowed", () => {
  const broken = new Memory();
  broken.getItem = () => {
    throw new TypeError("broken");
  };
  assert.throws(() => new Shelf(broken).getItem("a"), TypeError);
});

function numbered(memory: Memory): Outboxes {
  let next = 0;
  return new Outboxes(new Shelf(memory), () => `id-${++next}`);
}

test("texts stay with their conversation and leave only when their line is in the log", () => {
  const boxes = numbered(new Memory());
  const first = boxes.add("a", "To Maria");
  boxes.add("b", "To Tom");
  boxes.accepted(first.clientId);
  assert.deepEqual(boxes.all().map((text) => [text.conversation, text.body, text.status]), [["a", "To Maria", "accepted"], ["b", "To Tom", "pending"]]);
  boxes.drop([first.clientId]);
  assert.deepEqual(boxes.all().map((text) => text.conversation), ["b"]);
});

test("a refused text is not sent again by itself, only on demand and under its own name", () => {
  const boxes = numbered(new Memory());
  const text = boxes.add("a", "Hello");
  boxes.refused(text.clientId, "not_holder", "Ben holds it.");
  assert.deepEqual(boxes.pending(), []);
  boxes.again(text);
  assert.deepEqual(boxes.pending().map((each) => each.clientId), [text.clientId]);
});

test("a reload finds the unsent texts of every conversation again", () => {
  const memory = new Memory();
  const before = numbered(memory);
  before.add("a", "One");
  before.add("b", "Two");
  assert.deepEqual(new Outboxes(new Shelf(memory)).pending().map((text) => text.body), ["One", "Two"]);
});

test("the csrf token is found among other cookies", () => {
  assert.equal(csrfToken("x=1; baton-csrf=abc%3D; y=2"), "abc=");
  assert.equal(csrfToken("not-baton-csrf=1"), "");
});
