import assert from "node:assert/strict";
import { test } from "node:test";
import { csrfToken } from "../../src/console/api";
import { Drafts } from "../../src/console/pure/drafts";
import { Outboxes, type Written } from "../../src/console/state/outboxes";
import { Shelf } from "../../src/shared/shelf";
import { Memory } from "../shared/storage";
import { FakeWorld } from "../shared/world";

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

function numbered(memory: Memory): { boxes: Outboxes; sent: string[] } {
  let next = 0;
  const sent: string[] = [];
  const post = { send: (text: Written) => void sent.push(`${text.conversation}: ${text.body}`), patienceS: () => 45, world: new FakeWorld(), changed: () => {} };
  return { boxes: new Outboxes(new Shelf(memory), post, () => `id-${++next}`), sent };
}

test("texts stay with their conversation and leave only when their line is in the log", () => {
  const { boxes } = numbered(new Memory());
  boxes.write("a", "To Maria");
  boxes.write("b", "To Tom");
  boxes.accepted("id-1");
  assert.deepEqual(boxes.all().map((text) => [text.conversation, text.body, text.status]), [["a", "To Maria", "accepted"], ["b", "To Tom", "pending"]]);
  boxes.drop(["id-1"]);
  assert.deepEqual(boxes.all().map((text) => text.conversation), ["b"]);
});

test("a refused text is not sent again by itself, only on demand", () => {
  const { boxes, sent } = numbered(new Memory());
  boxes.welcomed();
  boxes.write("a", "Hello");
  boxes.refused({ client_id: "id-1", code: "not_holder", detail: "Ben holds it.", retry_s: 0 });
  boxes.cut();
  boxes.welcomed();
  assert.deepEqual(sent, ["a: Hello"]);
  const [text] = boxes.all();
  if (text) boxes.again(text);
  assert.deepEqual(sent, ["a: Hello", "a: Hello"]);
});

test("a reload finds the unsent texts of every conversation again", () => {
  const memory = new Memory();
  const before = numbered(memory).boxes;
  before.write("a", "One");
  before.write("b", "Two");
  const { boxes, sent } = numbered(memory);
  boxes.welcomed();
  assert.deepEqual(sent, ["a: One", "b: Two"]);
});

test("the csrf token is found among other cookies", () => {
  assert.equal(csrfToken("x=1; baton-csrf=abc%3D; y=2"), "abc=");
  assert.equal(csrfToken("not-baton-csrf=1"), "");
});
