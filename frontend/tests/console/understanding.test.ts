import assert from "node:assert/strict";
import { test } from "node:test";
import { turnsByLine, understood } from "../../src/console/pure/understanding";
import type { BotTurn } from "../../src/shared/protocol";
import { ago, line } from "./cast";

const turn = (seq: number, more: Partial<BotTurn> = {}): BotTurn => ({
  seq, intent: `intent_${seq}`, confidence: 0.9, fallback: false, failures: [], outcome: "replied", ...more,
});
const bot = (seq: number, at: string): ReturnType<typeof line> => line(seq, { author: "bot", name: "Tarn", at });
const shown = (found: Map<number, BotTurn>): [number, number][] => [...found].map(([seq, each]) => [seq, each.seq]);

test("a turn is shown at the first line that the bot wrote for it", () => {
  const lines = [line(1), bot(2, ago(50)), bot(3, ago(50)), line(4), bot(5, ago(40))];
  assert.deepEqual(shown(turnsByLine(lines, [turn(1), turn(4)])), [[2, 1], [5, 4]]);
});

test("two quick messages get their own answers, in order", () => {
  const lines = [line(1), line(2), bot(3, ago(50)), bot(4, ago(50)), bot(5, ago(45))];
  assert.deepEqual(shown(turnsByLine(lines, [turn(1), turn(2)])), [[3, 1], [5, 2]]);
});

test("a turn that ended in the queue is shown at the customer's own message", () => {
  const lines = [line(1), line(2, { author: "system", event: "escalated" })];
  assert.deepEqual(shown(turnsByLine(lines, [turn(1, { outcome: "escalated" })])), [[1, 1]]);
});

test("after a hand-back the bot's first line does not take an old silent turn", () => {
  const lines = [line(1), line(2, { author: "system", event: "escalated" }), line(3), bot(4, ago(10))];
  assert.deepEqual(shown(turnsByLine(lines, [turn(1, { outcome: "unavailable" }), turn(3)])), [[4, 3], [1, 1]]);
});

test("a fallback is called so, with its confidence and what failed", () => {
  assert.equal(understood(turn(1, { intent: "return_policy", confidence: 0.41 })), "return_policy 0.41");
  assert.equal(understood(turn(1, { fallback: true, confidence: 0.22 })), "fallback 0.22");
  assert.equal(understood(turn(1, { intent: "", confidence: 0, failures: ["refund_lookup"] })), "not understood · refund_lookup failed");
});
