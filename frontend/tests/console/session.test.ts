import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../src/console/session";
import type { FromAgent, ToAgent } from "../../src/shared/protocol";
import { Shelf } from "../../src/shared/shelf";
import { Memory } from "../shared/storage";
import { FakeWorld } from "../shared/world";
import { ANA, caseOf, line } from "./cast";

/** A service that says what the test tells it to, and remembers what it was told. */
class Service {
  readonly world = new FakeWorld();

  welcome(): void {
    this.world.last.open();
    this.say({ type: "welcome", version: 1, me: ANA, heartbeat_s: 15, max_body: 4000 });
  }
  say(frame: ToAgent): void {
    this.world.last.say(frame);
  }
  drop(code = 1006): void {
    this.world.last.end(code);
  }
  /** Time passes until the next try to connect. */
  retry(): void {
    this.world.pass(0.5);
  }
  told<T extends FromAgent["type"]>(type: T): Extract<FromAgent, { type: T }>[] {
    const heard = this.world.sockets.flatMap((socket) => socket.sent) as unknown as FromAgent[];
    return heard.filter((frame): frame is Extract<FromAgent, { type: T }> => frame.type === type);
  }
}

function started(memory = new Memory()): { session: Session; service: Service } {
  const service = new Service();
  const session = new Session({ url: "ws://service/ws/agent", tab: new Shelf(memory), own: new Shelf(null), world: service.world });
  session.start("a");
  service.welcome();
  return { session, service };
}

const lines = (...items: ReturnType<typeof line>[]): ToAgent => ({ type: "lines", conversation: "a", items, more: false });

test("after a reconnect the open conversation goes on from its last line", () => {
  const { service } = started();
  service.say(lines(line(1), line(2)));
  service.drop();
  service.retry();
  service.welcome();
  assert.deepEqual(service.told("open").map((open) => open.after), [0, 2]);
});

test("a gap in the lines and a heartbeat beyond the end ask for the rest", () => {
  const { service } = started();
  service.say(lines(line(1)));
  service.say(lines(line(3)));
  assert.equal(service.told("open").at(-1)?.after, 1);
  service.say(lines(line(2), line(3)));
  const asked = service.told("open").length;
  service.say({ type: "heartbeat", seq: 3 });
  assert.equal(service.told("open").length, asked);
  service.say({ type: "heartbeat", seq: 4 });
  assert.equal(service.told("open").at(-1)?.after, 3);
});

test("a text is sent again after every welcome under the same name, until its line is in the log", () => {
  const { session, service } = started();
  service.say({ type: "case", case: caseOf("a", { mine: true, holder: "agent" }) });
  session.write("Hi Maria");
  service.drop();
  assert.equal(session.state.unsent.length, 1);
  service.retry();
  service.welcome();
  const sent = service.told("send");
  assert.equal(sent.length, 2);
  assert.equal(sent[0]?.client_id, sent[1]?.client_id);
  service.say({ type: "accepted", client_id: sent[0]?.client_id ?? "", seq: 1 });
  assert.equal(session.state.unsent.length, 1);
  service.say(lines(line(1, { author: "agent", client_id: sent[0]?.client_id })));
  assert.equal(session.state.unsent.length, 0);
});

test("a refused text goes back into the box before what was written since", () => {
  const { session, service } = started();
  session.write("First");
  service.say({ type: "refused", client_id: service.told("send")[0]?.client_id ?? "", code: "not_holder", detail: "Ben holds it.", retry_s: 0 });
  session.drafts.write("a", "Second");
  const [refused] = session.state.unsent;
  assert.equal(refused?.detail, "Ben holds it.");
  if (refused) session.takeBack(refused);
  assert.equal(session.drafts.read("a"), "First\nSecond");
  assert.equal(session.state.unsent.length, 0);
});

test("an ended session and a missing permission stop the console", () => {
  const expired = started();
  expired.service.drop(4401);
  assert.equal(expired.session.state.shut, "expired");
  const forbidden = started();
  forbidden.service.drop(4403);
  assert.equal(forbidden.session.state.shut, "forbidden");
});

test("one gap opens once, however many signs of it come before the answer", () => {
  const { service } = started();
  service.say(lines(line(1)));
  service.say(lines(line(3)));
  service.say(lines(line(4)));
  service.say({ type: "heartbeat", seq: 4 });
  assert.deepEqual(service.told("open").map((open) => open.after), [0, 1]);
  service.say(lines(line(2), line(3), line(4)));
  service.say({ type: "case", case: caseOf("a") });
  service.say({ type: "heartbeat", seq: 6 });
  assert.deepEqual(service.told("open").map((open) => open.after), [0, 1, 4]);
});

test("a false alarm is answered by the case alone, and the next gap asks all the same", () => {
  const { service } = started();
  service.say(lines(line(1)));
  service.say({ type: "heartbeat", seq: 9 }); // of the conversation that was open before
  service.say({ type: "case", case: caseOf("a") });
  service.say(lines(line(3)));
  assert.deepEqual(service.told("open").map((open) => open.after), [0, 1, 1]);
});

test("of each conversation one text is on its way at a time, and no conversation waits for another", () => {
  const { session, service } = started();
  session.write("one");
  session.write("two");
  session.dispatch({ do: "open", conversation: "b" });
  session.write("to b");
  assert.deepEqual(service.told("send").map((send) => send.body), ["one", "to b"]);
  service.say({ type: "accepted", client_id: service.told("send")[0]?.client_id ?? "", seq: 1 });
  assert.deepEqual(service.told("send").map((send) => send.body), ["one", "to b", "two"]);
});

test("a text that was put off stays pending and goes again by itself", () => {
  const { session, service } = started();
  session.write("one");
  const [first] = service.told("send");
  service.say({ type: "refused", client_id: first?.client_id ?? "", code: "too_fast", detail: "Slow down.", retry_s: 3 });
  assert.deepEqual(session.state.unsent.map(({ status, retryS }) => [status, retryS]), [["pending", 3]]);
  service.world.pass(3.5);
  assert.deepEqual(service.told("send"), [first, first]);
});

test("a text that lies beyond a gap is shown as unsent until the gap is closed", () => {
  const { session, service } = started();
  session.write("one");
  const client_id = service.told("send")[0]?.client_id ?? "";
  service.say({ type: "accepted", client_id, seq: 2 });
  service.say(lines(line(2, { author: "agent", client_id })));
  assert.equal(session.state.unsent.length, 1);
  service.say(lines(line(1), line(2, { author: "agent", client_id })));
  assert.equal(session.state.unsent.length, 0);
});

test("a service that could not read is greeted again after a moment, and the notice goes with its answer", () => {
  const { session, service } = started();
  service.say({ type: "error", code: "unavailable", detail: "Not just now." });
  assert.deepEqual([session.state.notice?.tone, session.state.notice?.text], ["warn", "Not just now."]);
  service.world.pass(1.25);
  assert.equal(service.told("hello").length, 2);
  service.say({ type: "welcome", version: 1, me: ANA, heartbeat_s: 15, max_body: 4000 });
  assert.equal(session.state.notice, null);
  assert.equal(service.told("open").length, 2);
});

test("a text that gets no answer on a living connection is given back, and the agent sees it", () => {
  const { session, service } = started();
  session.write("one");
  for (let beat = 0; beat < 3; beat++) {
    service.world.pass(15);
    service.say({ type: "heartbeat", seq: 0 });
  }
  assert.deepEqual(session.state.unsent.map(({ status, code }) => [status, code]), [["refused", "unanswered"]]);
});

test("a text of an agent's other tab appears once, and a duplicated tab sends under the same name", () => {
  const memory = new Memory();
  const { session, service } = started(memory);
  session.write("one");
  const copy = started(memory.copy());
  const client_id = service.told("send")[0]?.client_id ?? "";
  assert.deepEqual(copy.service.told("send").map((send) => send.client_id), [client_id]);
  for (const tab of [{ session, service }, copy]) {
    tab.service.say(lines(line(1, { author: "agent", client_id })));
    tab.service.say({ type: "accepted", client_id, seq: 1 });
    assert.deepEqual([tab.session.state.unsent.length, tab.session.state.opened?.lines.length], [0, 1]);
  }
});

test("a reload sends what was not confirmed before it", () => {
  const memory = new Memory();
  const before = started(memory);
  before.session.write("Still on its way");
  const after = started(memory);
  assert.deepEqual(after.service.told("send").map((send) => [send.conversation, send.body]), [["a", "Still on its way"]]);
});
