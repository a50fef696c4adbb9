import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf } from "../../src/console/pure/shelf";
import { Session } from "../../src/console/session";
import type { Socket, World } from "../../src/shared/connection";
import type { FromAgent, ToAgent } from "../../src/shared/protocol";
import { ANA, caseOf, line } from "./cast";
import { Memory } from "./storage";

/** A service that says what the test tells it to, and remembers what it was told. */
class Service implements World {
  heard: FromAgent[] = [];
  private socketNow: Socket | null = null;
  private readonly timers: (() => void)[] = [];

  socket(): Socket {
    const socket: Socket = { onopen: null, onmessage: null, onclose: null, send: (data) => void this.heard.push(JSON.parse(data)), close: () => {} };
    this.socketNow = socket;
    return socket;
  }
  random = (): number => 0;
  now = (): number => 0;
  after(_: number, run: () => void): () => void {
    this.timers.push(run);
    return () => this.timers.splice(this.timers.indexOf(run), 1);
  }
  onWake = (): (() => void) => () => {};

  welcome(): void {
    this.socketNow?.onopen?.();
    this.say({ type: "welcome", version: 1, me: ANA, heartbeat_s: 15, max_body: 4000 });
  }
  say(frame: ToAgent): void {
    this.socketNow?.onmessage?.({ data: JSON.stringify(frame) });
  }
  drop(code = 1006): void {
    this.socketNow?.onclose?.({ code });
  }
  /** Time passes until the next try to connect. */
  retry(): void {
    this.timers.at(-1)?.();
  }
  told<T extends FromAgent["type"]>(type: T): Extract<FromAgent, { type: T }>[] {
    return this.heard.filter((frame): frame is Extract<FromAgent, { type: T }> => frame.type === type);
  }
}

function started(memory = new Memory()): { session: Session; service: Service } {
  const service = new Service();
  const session = new Session({ url: "ws://service/ws/agent", tab: new Shelf(memory), own: new Shelf(null), world: service });
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
  service.say({ type: "refused", client_id: service.told("send")[0]?.client_id ?? "", code: "not_holder", detail: "Ben holds it." });
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

test("a reload sends what was not confirmed before it", () => {
  const memory = new Memory();
  const before = started(memory);
  before.session.write("Still on its way");
  const after = started(memory);
  assert.deepEqual(after.service.told("send").map((send) => [send.conversation, send.body]), [["a", "Still on its way"]]);
});
