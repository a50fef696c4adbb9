import assert from "node:assert/strict";
import { test } from "node:test";
import { Delivery } from "../../src/shared/delivery";
import { Outbox } from "../../src/shared/outbox";
import { Shelf } from "../../src/shared/shelf";
import { FakeWorld } from "./world";

const PATIENCE_S = 45;

function delivering() {
  const world = new FakeWorld();
  const sent: string[] = [];
  let count = 0;
  let changes = 0;
  const outbox = new Outbox(new Shelf(null), "key", () => `id-${++count}`);
  const way = { send: ({ clientId }: { clientId: string }) => void sent.push(clientId), patienceS: () => PATIENCE_S, world, changed: () => void changes++ };
  const delivery = new Delivery(outbox, way);
  const refuse = (client_id: string, retry_s: number, code = "busy") => delivery.refused({ client_id, code, detail: "Words.", retry_s });
  return { world, sent, delivery, refuse, changes: () => changes };
}

function welcomed(...texts: string[]) {
  const it = delivering();
  it.delivery.welcomed("c1");
  for (const text of texts) it.delivery.write(text);
  return it;
}

test("nothing is sent before the welcome", () => {
  const { sent, delivery } = delivering();
  delivery.write("one");
  assert.deepEqual(sent, []);
  delivery.welcomed("c1");
  assert.deepEqual(sent, ["id-1"]);
});

test("one text is on its way at a time, and the next goes when it is stored", () => {
  const { sent, delivery } = welcomed("one", "two", "three");
  assert.deepEqual(sent, ["id-1"]);
  delivery.accepted("id-1");
  assert.deepEqual(sent, ["id-1", "id-2"]);
  delivery.accepted("id-1");
  assert.deepEqual(sent, ["id-1", "id-2"], "an answer that comes twice sends nothing");
  delivery.accepted("id-2");
  assert.deepEqual(sent, ["id-1", "id-2", "id-3"]);
});

test("a line in the log counts as an answer, whoever brought it there", () => {
  const { sent, delivery } = welcomed("one", "two");
  delivery.drop(["id-1"]);
  assert.deepEqual(sent, ["id-1", "id-2"]);
});

test("a final refusal does not hold up the rest", () => {
  const { sent, delivery, refuse } = welcomed("one", "two");
  refuse("id-1", 0, "closed");
  assert.deepEqual(sent, ["id-1", "id-2"]);
  assert.deepEqual(delivery.all().map(({ status }) => status), ["refused", "pending"]);
});

test("a text that was put off goes again by itself, after the time asked for and up to a second more, before what was written later", () => {
  const { world, sent, delivery, refuse } = welcomed("one", "two");
  world.chance = 1;
  refuse("id-1", 7);
  delivery.write("three");
  assert.equal(delivery.all()[0]?.status, "pending");
  world.pass(7.9);
  assert.deepEqual(sent, ["id-1"]);
  world.pass(0.1);
  assert.deepEqual(sent, ["id-1", "id-1"]);
  refuse("id-1", 2);
  world.pass(3);
  assert.deepEqual(sent, ["id-1", "id-1", "id-1"]);
  delivery.accepted("id-1");
  assert.deepEqual(sent.slice(3), ["id-2"]);
});

test("a new connection does not shorten the time that the service asked for", () => {
  const { world, sent, delivery, refuse } = welcomed("one");
  refuse("id-1", 7);
  delivery.cut();
  world.pass(2);
  delivery.welcomed("c1");
  assert.deepEqual(sent, ["id-1"]);
  world.pass(5.5);
  assert.deepEqual(sent, ["id-1", "id-1"]);
});

test("what is not confirmed goes again after every welcome of a new connection, first things first", () => {
  const { sent, delivery } = welcomed("one", "two");
  delivery.cut();
  delivery.write("three");
  assert.deepEqual(sent, ["id-1"]);
  delivery.welcomed("c1");
  assert.deepEqual(sent, ["id-1", "id-1"]);
});

test("a second welcome on the same connection sends nothing twice", () => {
  const { sent, delivery } = welcomed("one", "two");
  delivery.welcomed("c1");
  assert.deepEqual(sent, ["id-1"]);
});

test("a text that breaks every connection is sent with growing pauses", () => {
  const { world, sent, delivery } = welcomed("poison");
  world.chance = 1;
  for (let breaks = 0; breaks < 3; breaks++) {
    assert.equal(sent.length, breaks + 1);
    delivery.cut();
    delivery.welcomed("c1");
  }
  assert.equal(sent.length, 3);
  world.pass(1);
  assert.equal(sent.length, 4);
  delivery.accepted("id-1");
  delivery.write("two");
  delivery.cut();
  delivery.welcomed("c1");
  assert.deepEqual(sent.slice(4), ["id-2", "id-2"]);
});

test("a text without any answer on a living connection is handed back to its writer, and the rest goes on", () => {
  const { world, sent, delivery, changes } = welcomed("one", "two");
  world.pass(PATIENCE_S);
  assert.deepEqual(delivery.all().map(({ code, status }) => [code, status]), [["unanswered", "refused"], ["", "pending"]]);
  assert.deepEqual(sent, ["id-1", "id-2"]);
  assert.equal(changes(), 1);
  delivery.accepted("id-1");
  assert.equal(delivery.all()[0]?.status, "accepted", "a late answer is still the answer");
  delivery.cut();
  world.pass(PATIENCE_S);
  assert.equal(changes(), 1, "an answer that was cut off is not waited for");
});

test("a refused text goes again under its own name when its writer says so", () => {
  const { sent, delivery, refuse } = welcomed("one");
  refuse("id-1", 0, "not_holder");
  delivery.again("id-1");
  assert.deepEqual(sent, ["id-1", "id-1"]);
});
