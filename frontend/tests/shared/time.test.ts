import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, dayOf, minutes, moment, timeOfDay } from "../../src/shared/time";

test("waits are m:ss, and h:mm:ss from an hour on", () => {
  for (const [seconds, words] of [[-4, "0:00"], [9.9, "0:09"], [161, "2:41"], [3599, "59:59"], [3725, "1:02:05"]] as const) {
    assert.equal(clockTime(seconds), words);
  }
});

test("an estimate is rounded up to minutes and never nothing", () => {
  for (const [seconds, words] of [[0, "1 min"], [60, "1 min"], [61, "2 min"], [170, "3 min"]] as const) {
    assert.equal(minutes(seconds), words);
  }
});

test("a message of today has the time, any other also the day", () => {
  const at = new Date(2026, 10, 9, 10, 2);
  assert.equal(timeOfDay(at.toISOString()), "10:02");
  assert.equal(dayOf(at.toISOString()), "9 Nov");
  assert.equal(moment(at.toISOString(), at.getTime() + 3600_000), "10:02");
  assert.equal(moment(at.toISOString(), at.getTime() + 86_400_000), "9 Nov 10:02");
});
