import assert from "node:assert/strict";
import { test } from "node:test";
import { isBehind } from "../../src/console/state/frames";
import { START, type State } from "../../src/console/state/model";
import { type Action, reduce } from "../../src/console/state/reduce";
import type { ToAgent } from "../../src/shared/protocol";
import { ANA, caseOf, line, NOW, row } from "./cast";

const after = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state);
const frame = (each: ToAgent): Action => ({ do: "frame", frame: each });
const rows = (ids: string[]): ReturnType<typeof row>[] => ids.map((id) => row(id));
const lists = (queue: string[], mine: string[] = []): ToAgent => ({ type: "lists", me: ANA, mine: rows(mine), queue: rows(queue), watch: [], available: 2 });
const lines = (...seqs: number[]): ToAgent => ({ type: "lines", conversation: "a", items: seqs.map((seq) => line(seq)), more: false });
const OPEN = after(START, { do: "open", conversation: "a" });
const seqs = (state: State): number[] => state.opened!.lines.map((each) => each.seq);

test("lines that are known already are not shown twice", () => {
  assert.deepEqual(seqs(after(OPEN, frame(lines(1, 2)), frame(lines(1, 2, 3)))), [1, 2, 3]);
});

test("nothing is shown beyond a gap, and the gap asks for the rest", () => {
  const state = after(OPEN, frame(lines(1)), frame(lines(3, 4)));
  assert.deepEqual(seqs(state), [1]);
  assert.equal(isBehind(state, lines(3, 4)), true);
  assert.equal(isBehind(after(state, frame(lines(2, 3, 4))), lines(2, 3, 4)), false);
});

test("a heartbeat beyond the end of the log means a lost hint", () => {
  const state = after(OPEN, frame(lines(1, 2)));
  assert.equal(isBehind(state, { type: "heartbeat", seq: 2 }), false);
  assert.equal(isBehind(state, { type: "heartbeat", seq: 3 }), true);
  assert.equal(isBehind(START, { type: "heartbeat", seq: 3 }), false);
});

test("resync drops the lines and starts again", () => {
  const state = after(OPEN, frame(lines(1, 2, 3)), frame({ type: "resync", conversation: "a" }));
  assert.deepEqual(seqs(state), []);
  assert.deepEqual(seqs(after(state, frame(lines(1)))), [1]);
});

test("frames of a conversation that was left change nothing", () => {
  const state = after(OPEN, { do: "open", conversation: "b" });
  assert.deepEqual(after(state, frame(lines(1)), frame({ type: "case", case: caseOf("a") }), frame({ type: "resync", conversation: "a" })), state);
});

test("a lost accept names the winner and leaves the conversation open", () => {
  const problem = { code: "taken", detail: "Ben Osei holds this conversation now.", holder: "agent" as const, agent: "Ben Osei" };
  const state = after(OPEN, { do: "busy", step: "accept" }, { do: "refused", problem, conversation: "a" });
  assert.deepEqual(state.notice, { tone: "warn", text: "Ben Osei accepted first. You can read on.", conversation: "a" });
  assert.equal(state.opened!.id, "a");
  assert.equal(state.busy, null);
});

test("other refusals are told in the service's words", () => {
  const problem = { code: "at_capacity", detail: "You hold 5 of 5." };
  assert.equal(after(OPEN, { do: "busy", step: "accept" }, { do: "refused", problem, conversation: "a" }).notice!.text, "You hold 5 of 5.");
  const taken = { code: "taken", detail: "This conversation has ended (solved).", holder: "nobody" as const, agent: "Ben Osei" };
  assert.equal(after(OPEN, { do: "busy", step: "resolve" }, { do: "refused", problem: taken, conversation: "a" }).notice!.text, taken.detail);
});

test("a row under the pointer keeps its place until the pointer leaves", () => {
  const held = after(START, frame(lists(["a", "b"])), { do: "hold", anchor: "queue:b" }, frame(lists(["new", "b"], ["a"])));
  assert.deepEqual(held.shown.slots.map((slot) => slot.row.id), ["a", "b", "new"]);
  assert.equal(held.shown.waiting.mine, 1);
  const settled = after(held, { do: "hold", anchor: null });
  assert.deepEqual(settled.shown.slots.map((slot) => `${slot.section}:${slot.row.id}`), ["mine:a", "queue:new", "queue:b"]);
});

test("the queue's length is announced only when it changes", () => {
  const first = after(START, frame(lists(["a"])));
  assert.equal(first.status, "");
  assert.equal(after(first, frame(lists(["a", "b"]))).status, "Queue: 2 wait");
  assert.equal(after(first, frame(lists([]))).status, "Queue: nobody waits");
});

test("the time of a lost connection is kept through every retry and cleared when it is back", () => {
  const lost = after(START, { do: "link", link: "open", now: NOW, retryInS: null }, { do: "link", link: "offline", now: NOW, retryInS: 3 });
  const trying = after(lost, { do: "link", link: "connecting", now: NOW + 3000, retryInS: null }, { do: "link", link: "offline", now: NOW + 4000, retryInS: 6 });
  assert.deepEqual([trying.offlineSince, trying.retryAt], [NOW, NOW + 10000]);
  const back = after(trying, { do: "link", link: "open", now: NOW + 9000, retryInS: null });
  assert.deepEqual([back.offlineSince, back.status], [null, "Connected again"]);
});

test("a conversation that does not exist says so, and a later error does not hide an open one", () => {
  const missing = after(OPEN, frame({ type: "error", code: "not_found", detail: "There is no such conversation." }));
  assert.equal(missing.opened!.missing, "There is no such conversation.");
  const known = after(OPEN, frame({ type: "case", case: caseOf("a") }), frame({ type: "error", code: "malformed", detail: "Bad frame." }));
  assert.equal(known.opened!.missing, null);
  assert.equal(known.notice!.text, "Bad frame.");
});
