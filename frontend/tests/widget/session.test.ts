import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../src/shared/outbox";
import type { ToCustomer } from "../../src/shared/protocol";
import { Shelf } from "../../src/shared/shelf";
import type { Session as Opened } from "../../src/widget/http";
import { Session } from "../../src/widget/session";
import { starting } from "../../src/widget/state/model";
import { line } from "../shared/lines";
import { FakeWorld } from "../shared/world";
import { welcome } from "./states";

const OPENED: Opened = { ok: true, conversation: "c1" };

async function started(...answers: Opened[]) {
  const world = new FakeWorld();
  let count = 0;
  const asked: boolean[] = [];
  const openSession = async (startNew: boolean): Promise<Opened> => {
    asked.push(startNew);
    return answers.shift() ?? OPENED;
  };
  const outbox = new Outbox(new Shelf(null), "key", () => `id-${++count}`);
  const session = new Session(starting("Tarnwood", "Tarn", true), outbox, { url: "ws://service", openSession, world });
  await session.start();
  return { world, session, asked };
}

async function chatting() {
  const it = await started();
  it.world.last.open();
  it.world.last.say(welcome());
  return it;
}

const say = (world: FakeWorld, frame: ToCustomer) => world.last.say(frame);
const lines = (...items: ReturnType<typeof line>[]): ToCustomer => ({ type: "lines", items, more: false });
const own = (seq: number, client_id: string) => line(seq, { author: "customer", client_id });
const texts = (sent: { type: string }[]) => sent.filter((frame) => frame.type === "send");
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a text written offline is sent after the welcome, once", async () => {
  const { world, session } = await started();
  session.write("hello");
  world.last.open();
  assert.deepEqual(texts(world.last.sent), []);
  say(world, welcome());
  assert.deepEqual(texts(world.last.sent), [{ type: "send", client_id: "id-1", body: "hello", pressed: "" }]);
});

test("what is not acknowledged is sent again in order, under the same names, after each welcome", async () => {
  const { world, session } = await chatting();
  session.write("one");
  session.write("two", "/two");
  session.write("three");
  say(world, { type: "accepted", client_id: "id-1", seq: 1 });
  world.last.end();
  world.pass(1);
  world.last.open();
  assert.equal(world.last.sent[0]?.type, "hello");
  say(world, welcome({ seq: 1 }));
  assert.deepEqual(texts(world.last.sent), [{ type: "send", client_id: "id-2", body: "two", pressed: "/two" }]);
  say(world, { type: "accepted", client_id: "id-2", seq: 2 });
  assert.deepEqual(texts(world.last.sent).at(-1), { type: "send", client_id: "id-3", body: "three", pressed: "" });
});

test("a text is on the screen exactly once: unsent until its line is there, whichever of line and acknowledgement comes first", async () => {
  for (const order of [["accepted", "lines"], ["lines", "accepted"]]) {
    const { world, session } = await chatting();
    session.write("hello");
    for (const type of order) say(world, type === "lines" ? lines(own(1, "id-1")) : { type: "accepted", client_id: "id-1", seq: 1 });
    assert.equal(session.state.lines.length, 1);
    assert.deepEqual(session.state.unsent, []);
  }
});

test("a text that was put off stays pending and goes again by itself", async () => {
  const { world, session } = await chatting();
  session.write("hello");
  say(world, { type: "refused", client_id: "id-1", code: "too_fast", detail: "Slow down.", retry_s: 7 });
  assert.deepEqual(session.state.unsent.map(({ status, retryS }) => [status, retryS]), [["pending", 7]]);
  world.pass(7.5);
  assert.equal(texts(world.last.sent).length, 2);
});

test("a text is never sent between the opening of a socket and its welcome", async () => {
  const { world, session } = await chatting();
  world.last.end();
  world.pass(1);
  world.last.open();
  session.write("hello");
  assert.deepEqual(world.last.types(), ["hello"]);
  say(world, welcome());
  assert.deepEqual(world.last.types(), ["hello", "send"]);
});

test("a refused text stays with the reason and goes again when asked", async () => {
  const { world, session } = await chatting();
  session.write("hello");
  say(world, { type: "refused", client_id: "id-1", code: "closed", detail: "It has ended.", retry_s: 0 });
  assert.deepEqual(session.state.unsent.map(({ status, detail }) => [status, detail]), [["refused", "It has ended."]]);
  session.again("id-1");
  assert.equal(texts(world.last.sent).length, 2);
  assert.equal(session.state.unsent[0]?.status, "pending");
});

test("a gap asks again from the last line that is here", async () => {
  const { world } = await chatting();
  say(world, lines(line(1)));
  say(world, lines(line(3)));
  assert.deepEqual(world.last.sent.at(-1), { type: "hello", version: 1, after: 1 });
});

test("one gap says hello once, however many signs of it come before the answer", async () => {
  const { world, session } = await chatting();
  say(world, lines(line(1)));
  say(world, lines(line(3)));
  say(world, lines(line(4)));
  say(world, { type: "heartbeat", seq: 4 });
  assert.deepEqual(world.last.types(), ["hello", "hello"]);
  say(world, welcome({ seq: 4 }));
  say(world, lines(line(2), line(3), line(4)));
  assert.deepEqual(session.state.lines.map(({ seq }) => seq), [1, 2, 3, 4]);
  say(world, lines(line(6)));
  assert.deepEqual(world.last.sent.at(-1), { type: "hello", version: 1, after: 4 });
});

test("a service that could not read is greeted again after a moment, and the notice goes with its answer", async () => {
  const { world, session } = await chatting();
  say(world, { type: "error", code: "unavailable", detail: "Not just now." });
  assert.equal(session.state.notice, "Not just now.");
  world.pass(1.25);
  assert.deepEqual(world.last.types(), ["hello", "hello"]);
  say(world, welcome());
  assert.equal(session.state.notice, "");
});

test("a frame of a later version changes nothing", async () => {
  const { world, session } = await chatting();
  const before = session.state;
  world.last.say({ type: "confetti" });
  assert.equal(session.state, before);
});

test("a heartbeat beyond the log heals a lost hint", async () => {
  const { world } = await chatting();
  say(world, lines(line(1)));
  say(world, { type: "heartbeat", seq: 1 });
  assert.deepEqual(world.last.types(), ["hello"]);
  say(world, { type: "heartbeat", seq: 2 });
  assert.deepEqual(world.last.sent.at(-1), { type: "hello", version: 1, after: 1 });
});

test("after resync the whole log is taken anew", async () => {
  const { world, session } = await chatting();
  say(world, lines(line(1), line(2), line(3)));
  say(world, { type: "resync" });
  say(world, lines(line(1, { body: "other" })));
  assert.deepEqual(session.state.lines.map(({ body }) => body), ["other"]);
});

test("the dots go after six seconds without an answer", async () => {
  const { world, session } = await chatting();
  session.write("hello");
  say(world, { type: "accepted", client_id: "id-1", seq: 1 });
  world.pass(5.9);
  assert.equal(session.state.typing, true);
  world.pass(0.1);
  assert.equal(session.state.typing, false);
});

test("a new chat shows its own log from the first line, and keeps what was refused", async () => {
  const { world, session, asked } = await chatting();
  say(world, lines(line(1), line(2)));
  session.write("late");
  say(world, { type: "refused", client_id: "id-1", code: "closed", detail: "This conversation has ended.", retry_s: 0 });
  await session.startNew();
  assert.deepEqual(asked, [false, true]);
  say(world, welcome({ conversation: "c2", seq: 1 }));
  assert.deepEqual(world.last.sent.at(-1), { type: "hello", version: 1, after: 0 });
  assert.deepEqual(session.state.lines, []);
  assert.equal(session.state.unsent[0]?.body, "late");
});

test("a session that ran out is opened once more; a browser that keeps no cookie is told so", async () => {
  const { world, session, asked } = await started();
  world.last.open();
  world.last.end(4401);
  await settled();
  assert.deepEqual(asked, [false, false]);
  world.last.open();
  world.last.end(4401);
  await settled();
  assert.equal(world.sockets.length, 2);
  assert.match(session.state.problem, /cookie/);
});

test("a service that is away is asked again, an unknown inbox is not", async () => {
  const away = await started({ ok: false, temporary: true, detail: "No connection." });
  assert.equal(away.session.state.link, "offline");
  away.world.pass(1);
  await settled();
  assert.equal(away.world.sockets.length, 1);
  const unknown = await started({ ok: false, temporary: false, detail: "There is no such inbox." });
  unknown.world.pass(120);
  assert.equal(unknown.session.state.problem, "There is no such inbox.");
  assert.equal(unknown.asked.length, 1);
});

test("a text that was on its way when the conversation changed is not sent to the new one by itself", async () => {
  const { world, session } = await chatting();
  session.write("which chat?");
  world.last.end();
  world.pass(1);
  world.last.open();
  say(world, welcome({ conversation: "c2" }));
  assert.deepEqual(texts(world.last.sent), []);
  assert.deepEqual(session.state.unsent.map(({ code, status }) => [code, status]), [["moved", "refused"]]);
});

test("a page that comes back to the network opens its session at once", async () => {
  const { world, asked } = await started({ ok: false, temporary: true, detail: "No connection." });
  world.wake();
  await settled();
  assert.equal(world.sockets.length, 1);
  world.pass(9);
  await settled();
  assert.deepEqual(asked, [false, false], "the wait that was ended must not open a second one");
});

test("steps need a connection, and say when there is none", async () => {
  const { world, session } = await started();
  assert.equal(session.rate(5, ""), false);
  world.last.open();
  assert.equal(session.rate(5, "kind"), true);
  assert.deepEqual(world.last.sent.at(-1), { type: "rate", score: 5, comment: "kind" });
});
