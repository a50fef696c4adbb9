import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, storable } from "../../src/shared/outbox";
import { Shelf, shelfOf } from "../../src/shared/shelf";
import { Memory } from "./storage";

function outbox(storage: Storage | null = null): Outbox {
  let count = 0;
  return new Outbox(new Shelf(storage), "key", () => `id-${++count}`);
}

const bodies = (items: readonly { body: string }[]) => items.map(({ body }) => body);

test("texts stay in the order of writing until their lines are in the log", () => {
  const box = outbox();
  const [one, two] = [box.add("one"), box.add("two", "/two")];
  box.accepted(one.clientId);
  assert.deepEqual(bodies(box.all()), ["one", "two"]);
  assert.deepEqual(bodies(box.pending()), ["two"]);
  box.drop([one.clientId]);
  assert.deepEqual(box.all(), [two]);
});

test("a refused text stays with its reason, and is pending again under its own name", () => {
  const box = outbox();
  const item = box.add("too late");
  box.refused(item.clientId, "closed", "It has ended.");
  assert.deepEqual(box.pending(), []);
  assert.equal(box.all()[0]?.detail, "It has ended.");
  box.again(item.clientId);
  assert.deepEqual(box.pending(), [item]);
});

test("a text that was put off is still pending, and says for how long", () => {
  const box = outbox();
  const { clientId } = box.add("much");
  box.putOff(clientId, 7);
  assert.deepEqual(box.pending().map((item) => item.retryS), [7]);
  box.accepted(clientId);
  assert.equal(box.all()[0]?.retryS, 0);
});

test("unsent texts survive a reload; what was accepted comes back through the log", () => {
  const memory = new Memory();
  const before = outbox(memory);
  const [stored, waiting] = [before.add("stored"), before.add("waiting")];
  before.accepted(stored.clientId);
  before.putOff(waiting.clientId, 9);
  assert.deepEqual(outbox(memory).all(), [waiting]);
});

test("what was on its way to another conversation is not sent to this one by itself: it may be stored there", () => {
  const box = outbox();
  const [stored, unknown, unsent] = [box.add("stored"), box.add("unknown"), box.add("unsent")];
  for (const { clientId } of [stored, unknown]) box.sent(clientId, "c1");
  box.accepted(stored.clientId);
  box.moved("c1");
  assert.deepEqual(bodies(box.pending()), ["unknown", "unsent"]);
  box.moved("c2");
  assert.deepEqual(box.all().map(({ body, code }) => [body, code]), [["unknown", "moved"], ["unsent", ""]]);
  assert.deepEqual(box.pending(), [unsent]);
  box.again(unknown.clientId);
  box.moved("c2");
  assert.deepEqual(bodies(box.pending()), ["unknown", "unsent"]);
});

test("a text that came too late for the chat before says so, and not that this one has ended", () => {
  const box = outbox();
  const { clientId } = box.add("late");
  box.sent(clientId, "c1");
  box.refused(clientId, "closed", "This conversation has ended.");
  box.moved("c1");
  assert.equal(box.all()[0]?.detail, "This conversation has ended.");
  box.moved("c2");
  assert.equal(box.all()[0]?.detail, "The chat before this one had ended.");
});

test("an empty outbox leaves nothing behind in the browser", () => {
  const memory = new Memory();
  const box = outbox(memory);
  box.drop([box.add("gone").clientId]);
  assert.equal(memory.length, 0);
});

test("what somebody else wrote on the shelf is not taken for a text", () => {
  for (const foreign of ["", "{", "null", "{}", '[1, null, {"body": "x"}]']) {
    assert.deepEqual(outbox(new Memory([["key", foreign]])).all(), []);
  }
});

test("a full storage keeps the texts of this page and not an older list", () => {
  const memory = new Memory();
  const box = outbox(memory);
  box.add("one");
  memory.full = true;
  box.add("two");
  assert.deepEqual(bodies(box.all()), ["one", "two"]);
  assert.deepEqual(outbox(memory).all(), []);
});

test("a forbidden storage keeps the texts for as long as the page lives", () => {
  const blocked = {
    get sessionStorage(): Storage {
      throw new DOMException("denied", "SecurityError");
    },
    localStorage: new Memory(),
  };
  const box = new Outbox(shelfOf(blocked, "sessionStorage"));
  box.add("here");
  assert.deepEqual(bodies(box.all()), ["here"]);
});

test("what no service can store is taken out, and nothing else", () => {
  assert.equal(storable("a\0b\ud83d"), "ab\ufffd");
  assert.equal(storable("a😀 ü\n"), "a😀 ü\n");
  assert.equal(outbox().add("a\0").body, "a");
});
