import assert from "node:assert/strict";
import { test } from "node:test";
import { points, signed, waterfall } from "../../src/console/pure/waterfall";
import { reason, why } from "./cast";

const close = (value: number, expected: number): void => assert.ok(Math.abs(value - expected) < 1e-9, `${value} is not ${expected}`);

test("the bars stand on each other from the usual chat to the score", () => {
  const shares = [0.29, 0.22, 0.14, 0.06];
  const fall = waterfall(why({ reasons: shares.map((share, index) => reason(index + 1, { share })) }))!;
  close(fall.base, 11);
  close(fall.steps[0]!.from, 11);
  for (const [index, step] of fall.steps.entries()) {
    close(step.to - step.from, shares[index]! * 100);
    if (index > 0) close(step.from, fall.steps[index - 1]!.to);
  }
  close(fall.steps.at(-1)!.to, fall.score);
  assert.equal(fall.rest, 0);
});

test("a reason may lower the score", () => {
  const fall = waterfall(why({ score: 0.3, base: 0.4, reasons: [reason(1, { share: -0.1 })] }))!;
  assert.ok(fall.steps[0]!.to < fall.steps[0]!.from);
  assert.equal(fall.rest, 0);
});

test("what the reasons leave open is shown and not hidden", () => {
  close(waterfall(why({ score: 0.82, base: 0.11, reasons: [reason(1, { share: 0.5 })] }))!.rest, 21);
});

test("bars stay inside the scale", () => {
  const fall = waterfall(why({ score: 1, base: 0.9, reasons: [reason(1, { share: 0.4 })] }))!;
  assert.equal(fall.steps[0]!.to, 100);
});

test("a take-over has no score, and so no waterfall", () => {
  assert.equal(waterfall(why({ score: null, base: null, threshold: null, taken_over: true })), null);
});

test("figures have two decimals, a sign and no leading zero", () => {
  assert.deepEqual([signed(0.29), signed(-0.04), points(0.11), points(1)], ["+.29", "−.04", ".11", "1.00"]);
});
