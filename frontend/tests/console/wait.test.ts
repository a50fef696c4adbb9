import assert from "node:assert/strict";
import { test } from "node:test";
import { segments } from "../../src/console/pure/track";
import { wait } from "../../src/console/pure/wait";
import { ago, caseOf, NOW } from "./cast";

test("a wait far from its deadline is a plain clock", () => {
  assert.deepEqual(wait({ waiting_since: ago(70), due_at: ago(-31) }, NOW), { state: "clock", text: "1:10", spoken: "waits 1:10" });
});

test("from half a minute before the deadline on it says when it is due", () => {
  assert.equal(wait({ waiting_since: ago(98), due_at: ago(-30) }, NOW)?.state, "soon");
  assert.equal(wait({ waiting_since: ago(98), due_at: ago(-22) }, NOW)?.text, "1:38 · due in 0:22");
});

test("at the deadline it is late, and says by how much", () => {
  assert.equal(wait({ waiting_since: ago(120), due_at: ago(0) }, NOW)?.state, "late");
  assert.equal(wait({ waiting_since: ago(161), due_at: ago(41) }, NOW)?.text, "2:41 · late 0:41");
});

test("without a deadline nothing is late, and an answered customer does not wait", () => {
  assert.equal(wait({ waiting_since: ago(9000), due_at: null }, NOW)?.state, "clock");
  assert.equal(wait({ waiting_since: null, due_at: ago(5) }, NOW), null);
});

test("the track ticks for the present holder and stands still for the ones before", () => {
  const track = [
    { holder: "bot" as const, name: null, since: ago(300), until: ago(53), cause: "opened" },
    { holder: "queue" as const, name: null, since: ago(53), until: ago(20), cause: "escalated" },
    { holder: "agent" as const, name: "Ana Novak", since: ago(20), until: null, cause: "accepted" },
  ];
  const labels = (now: number): string[] => segments(caseOf("a", { track }), "Ana Novak", now).map((part) => part.label);
  assert.deepEqual(labels(NOW), ["Bot 4:07", "Queue 0:33", "You 0:20"]);
  assert.deepEqual(labels(NOW + 5000), ["Bot 4:07", "Queue 0:33", "You 0:25"]);
  assert.equal(segments(caseOf("a", { track }), "Ben Osei", NOW)[2]!.label, "Ana Novak 0:20");
});

test("a closed conversation has no holder that ticks", () => {
  const track = [
    { holder: "agent" as const, name: "Ana Novak", since: ago(60), until: ago(30), cause: "accepted" },
    { holder: "nobody" as const, name: null, since: ago(30), until: null, cause: "resolved" },
  ];
  const parts = segments(caseOf("a", { track, closed_at: ago(30) }), "Ana Novak", NOW);
  assert.deepEqual(parts.map(({ label, now }) => [label, now]), [["You 0:30", false]]);
});
