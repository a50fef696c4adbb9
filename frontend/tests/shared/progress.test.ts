import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../src/shared/outbox";
import { progress } from "../../src/shared/progress";
import { Shelf } from "../../src/shared/shelf";

function two(change: (box: Outbox) => void, online = true): string[] {
  let count = 0;
  const box = new Outbox(new Shelf(null), "key", () => `id-${++count}`);
  box.add("one");
  box.add("two");
  change(box);
  return box.all().map((item, index, all) => progress(item, all.slice(0, index), online));
}

test("a text is on its way, or waits for the connection", () => {
  assert.deepEqual(two(() => {}), ["Sending", "Sending"]);
  assert.deepEqual(two(() => {}, false), ["Waits for the connection", "Waits for the connection"]);
});

test("a text that was put off says when it goes again, and those behind it say what they wait for", () => {
  assert.deepEqual(two((box) => box.putOff("id-1", 7)), ["Sending again in a moment", "Follows the message above"]);
  for (const [seconds, words] of [[15, "in a moment"], [16, "in about 16 s"], [90, "in about 2 min"]] as const) {
    assert.equal(two((box) => box.putOff("id-1", seconds))[0], `Sending again ${words}`);
  }
});

test("a refusal holds up nothing and gives its reason; without an answer nobody claims that a text was not sent", () => {
  assert.deepEqual(two((box) => box.refused("id-1", "closed", "It has ended.")), ["Not sent. It has ended.", "Sending"]);
  assert.equal(two((box) => box.refused("id-1", "unanswered", "No answer."))[0], "Not confirmed. No answer.");
});
