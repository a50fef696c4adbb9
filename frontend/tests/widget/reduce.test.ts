import assert from "node:assert/strict";
import { test } from "node:test";
import type { ToCustomer } from "../../src/shared/protocol";
import { reduce } from "../../src/widget/state/reduce";
import { line } from "../shared/lines";
import { ANA, after, BOT, ENDED, QUEUE, welcome } from "./states";

const own = (seq: number, client_id = `id-${seq}`) => line(seq, { author: "customer", name: "Maria", client_id });
const lines = (...items: ReturnType<typeof line>[]): ToCustomer => ({ type: "lines", items, more: false });
const accepted = (seq: number): ToCustomer => ({ type: "accepted", client_id: `id-${seq}`, seq });

test("a welcome brings the names, the limits and the holder", () => {
  const state = after(welcome({ inbox: "Fjord", bot: "Finn", max_body: 99, state: ANA }));
  assert.deepEqual([state.phase, state.inbox, state.bot, state.maxBody, state.holding], ["chat", "Fjord", "Finn", 99, ANA]);
});

test("the dots appear when a message is stored and the bot owes an answer, and go with its line", () => {
  const asked = after(welcome(), lines(line(1)), lines(own(2)), accepted(2));
  assert.equal(asked.typing, true);
  assert.equal(reduce(asked, { do: "frame", frame: lines(line(3)) }).typing, false);
  assert.equal(reduce(asked, { do: "typing_over" }).typing, false);
});

test("no dots while somebody else holds, or when the answer is there before the acknowledgement", () => {
  for (const state of [QUEUE, ANA, ENDED]) assert.equal(after(welcome({ state }), accepted(2)).typing, false);
  assert.equal(after(welcome(), lines(own(1), line(2)), accepted(1)).typing, false);
});

test("the dots go when the bot no longer holds", () => {
  const state = after(welcome(), lines(own(1)), accepted(1), { type: "state", state: QUEUE });
  assert.equal(state.typing, false);
});

test("a closed panel counts what others wrote, but not the history and not the customer's own lines", () => {
  const history = after(welcome({ seq: 2 }));
  const closed = reduce(history, { do: "view", open: false, full: false });
  const read = reduce(closed, { do: "frame", frame: lines(line(1), line(2)) });
  assert.equal(read.unread, 0);
  const news = reduce(read, { do: "frame", frame: lines(own(3), line(4), line(5)) });
  assert.equal(news.unread, 2);
  assert.equal(reduce(news, { do: "view", open: true, full: false }).unread, 0);
});

test("the log is busy until the history is whole", () => {
  const start = welcome({ seq: 3 });
  const half: ToCustomer = { type: "lines", items: [line(1), line(2)], more: true };
  assert.equal(after(start).reading, true);
  assert.equal(after(start, half).reading, true);
  assert.equal(after(start, half, lines(line(3))).reading, false);
});

test("resync drops every line", () => {
  assert.deepEqual(after(welcome(), lines(line(1)), { type: "resync" }).lines, []);
});

test("a welcome to the same conversation keeps the lines, to another one drops them", () => {
  assert.equal(after(welcome(), lines(line(1)), welcome()).lines.length, 1);
  assert.equal(after(welcome(), lines(line(1)), welcome({ conversation: "c2" })).lines.length, 0);
});

test("the offline banner stays through the tries and goes when one has worked", () => {
  const lost = reduce(after(welcome()), { do: "link", link: "offline", retryAt: 4000 });
  const trying = reduce(lost, { do: "link", link: "connecting", retryAt: null });
  assert.equal(trying.link, "offline");
  assert.equal(reduce(trying, { do: "link", link: "open", retryAt: null }).link, "open");
});

test("what the service would not do is said until something changes", () => {
  const refused = after(welcome({ state: ENDED }), { type: "error", code: "rated", detail: "This chat has its rating." });
  assert.equal(refused.notice, "This chat has its rating.");
  assert.equal(reduce(refused, { do: "frame", frame: { type: "state", state: BOT } }).notice, "");
});
