import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../src/shared/outbox";

class Shelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, text: string): void => void this.kept.set(key, text);
  removeItem = (key: string): void => void this.kept.delete(key);
}

function outbox(shelf: Shelf | null = null): Outbox {
  let count = 0;
  return new Outbox(shelf, "key", () => `id-${++count}`);
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

test("a refused text stays with its reason, and is sent again under its own name", () => {
  const box = outbox();
  const { clientId } = box.add("too much");
  box.refused(clientId, "too_fast", "Slow down.");
  assert.deepEqual(box.pending(), []);
  assert.equal(box.all()[0]?.detail, "Slow down.");
  assert.deepEqual(box.again(clientId), { clientId, body: "too much", pressed: "", status: "pending", code: "", detail: "" });
});

test("unsent texts survive a reload; what was accepted comes back through the log", () => {
  const shelf = new Shelf();
  const before = outbox(shelf);
  const [stored, waiting] = [before.add("stored"), before.add("waiting")];
  before.accepted(stored.clientId);
  assert.deepEqual(new Outbox(shelf, "key").all(), [waiting]);
});

test("an empty outbox leaves nothing behind in the browser", () => {
  const shelf = new Shelf();
  const box = outbox(shelf);
  box.drop([box.add("gone").clientId]);
  assert.equal(shelf.kept.size, 0);
});

test("what somebody else wrote on the shelf is not taken for a text", () => {
  for (const foreign of ["", "{", "null", "[1, {\"body\": \"x\"}]"]) {
    const shelf = new Shelf();
    shelf.setItem("key", foreign);
    assert.deepEqual(new Outbox(shelf, "key").all(), []);
  }
});
