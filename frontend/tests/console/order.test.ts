import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, type Lists, neighbour, slotKey } from "../../src/console/pure/order";
import { row } from "./cast";

const lists = (mine: string[], queue: string[], watch: string[] = []): Lists => ({
  mine: mine.map((id) => row(id)),
  queue: queue.map((id) => row(id)),
  watch: watch.map((id) => row(id)),
});
const keys = (fresh: ReturnType<typeof arrange>): string[] => fresh.slots.map((slot) => slotKey(slot) + (slot.gone ? "!" : ""));

test("without a held row the lists are shown as they came", () => {
  const before = arrange([], lists(["m"], ["a", "b"]), null).slots;
  assert.deepEqual(keys(arrange(before, lists([], ["b", "c", "a"], ["w"]), null)), ["queue:b", "queue:c", "queue:a", "watch:w"]);
});

test("a held row and all above it keep their places while the order changes", () => {
  const before = arrange([], lists(["m"], ["a", "b", "c"]), null).slots;
  const after = arrange(before, lists(["n", "m"], ["c", "b", "a"]), "queue:b");
  assert.deepEqual(keys(after), ["mine:m", "queue:a", "queue:b", "queue:c"]);
  assert.deepEqual(after.waiting, { mine: 1, queue: 0, watch: 0 });
});

test("a new row of the held row's own section is shown below it at once", () => {
  const before = arrange([], lists([], ["a", "b"]), null).slots;
  assert.deepEqual(keys(arrange(before, lists([], ["urgent", "a", "b"]), "queue:a")), ["queue:a", "queue:urgent", "queue:b"]);
});

test("a held row that was accepted elsewhere stays in place and says that it is gone", () => {
  const before = arrange([], lists([], ["a", "b"]), null).slots;
  assert.deepEqual(keys(arrange(before, lists([], ["b"]), "queue:a")), ["queue:a!", "queue:b"]);
  assert.deepEqual(keys(arrange(before, lists([], ["b"]), null)), ["queue:b"]);
});

test("a row above the held one that left its list does not pull the held one up", () => {
  const before = arrange([], lists([], ["a", "b"]), null).slots;
  assert.deepEqual(keys(arrange(before, lists(["a"], ["b"]), "queue:b")), ["queue:a!", "queue:b"]);
});

test("held rows show fresh content", () => {
  const before = arrange([], lists([], ["a"]), null).slots;
  const fresh = { mine: [], queue: [row("a", { last_text: "Still there?" })], watch: [] };
  assert.equal(arrange(before, fresh, "queue:a").slots[0]!.row.last_text, "Still there?");
});

test("no row is ever shown twice or lost, whatever is held", () => {
  const ids = ["a", "b", "c", "d", "e"];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 16807) % 2147483647;
    return seed % below;
  };
  let before = arrange([], lists([], ids), null).slots;
  for (let round = 0; round < 500; round += 1) {
    const parts: string[][] = [[], [], []];
    for (const id of ids) if (random(5) > 0) parts[random(3)]!.splice(random(3), 0, id);
    const fresh = lists(parts[0]!, parts[1]!, parts[2]!);
    const anchor = before.length > 0 && random(2) ? slotKey(before[random(before.length)]!) : null;
    const at = before.findIndex((slot) => slotKey(slot) === anchor);
    const after = arrange(before, fresh, anchor);
    assert.deepEqual(after.slots.slice(0, at + 1).map(slotKey), before.slice(0, at + 1).map(slotKey));
    assert.equal(new Set(after.slots.map(slotKey)).size, after.slots.length);
    const waiting = after.waiting.mine + after.waiting.queue + after.waiting.watch;
    assert.equal(after.slots.filter((slot) => !slot.gone).length + waiting, parts.flat().length);
    before = after.slots;
  }
});

test("J and K walk over the section borders and stop at the ends", () => {
  const { slots } = arrange([], lists(["m"], ["a"], ["w"]), null);
  assert.equal(neighbour(slots, null, 1)?.row.id, "m");
  assert.equal(neighbour(slots, "m", 1)?.row.id, "a");
  assert.equal(neighbour(slots, "w", 1)?.row.id, "w");
  assert.equal(neighbour(slots, "m", -1)?.row.id, "m");
  assert.equal(neighbour([], "m", 1), null);
});
