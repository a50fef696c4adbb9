// The order of the lists on screen. A row under the pointer or the focus must not move, and neither may what is above it.

import type { Row } from "../../shared/protocol";

export type Section = "mine" | "queue" | "watch";
export const SECTIONS: readonly Section[] = ["mine", "queue", "watch"];

export type Lists = Record<Section, Row[]>;

/** A place in the lists. `gone`: the conversation has left this list while the place was held. */
export interface Slot {
  section: Section;
  row: Row;
  gone: boolean;
}

/** `waiting` counts, per section, the rows that wait above the anchor until the order may settle. */
export interface Arrangement {
  slots: Slot[];
  waiting: Record<Section, number>;
}

export const slotKey = (slot: Slot): string => `${slot.section}:${slot.row.id}`;

/**
 * The next arrangement. Without an anchor it is simply the fresh lists. With one, everything down to the anchor keeps its
 * place (and stays as `gone` when it left), new rows of the anchor's own section follow it, and later sections are fresh.
 *
 * @param anchor key of the lowest held slot, or null
 */
export function arrange(before: readonly Slot[], fresh: Lists, anchor: string | null): Arrangement {
  const held = before.find((slot) => slotKey(slot) === anchor);
  const waiting = { mine: 0, queue: 0, watch: 0 };
  if (!held) return { slots: SECTIONS.flatMap((section) => fresh[section].map((row) => slot(section, row))), waiting };
  const head = before.slice(0, before.indexOf(held) + 1).map((old) => refresh(old, fresh));
  const placed = new Set(head.map(slotKey));
  const border = SECTIONS.indexOf(held.section);
  const tail: Slot[] = [];
  SECTIONS.forEach((section, index) => {
    const rest = fresh[section].map((row) => slot(section, row)).filter((next) => !placed.has(slotKey(next)));
    if (index < border) waiting[section] = rest.length;
    else tail.push(...rest);
  });
  return { slots: [...head, ...tail], waiting };
}

/** The slot that `step` leads to from the selected conversation, round neither end. */
export function neighbour(slots: readonly Slot[], selected: string | null, step: 1 | -1): Slot | null {
  const here = slots.filter((slot) => !slot.gone);
  const at = here.findIndex((slot) => slot.row.id === selected);
  if (at < 0) return here[step === 1 ? 0 : here.length - 1] ?? null;
  return here[at + step] ?? here[at] ?? null;
}

function slot(section: Section, row: Row): Slot {
  return { section, row, gone: false };
}

function refresh(old: Slot, fresh: Lists): Slot {
  const row = fresh[old.section].find((candidate) => candidate.id === old.row.id);
  return row ? slot(old.section, row) : { ...old, gone: true };
}
