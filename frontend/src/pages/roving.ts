// Where the one tab stop of a chart goes.

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The mark that a key leads to from mark `from` of `count`, or null where the key means nothing or nothing is left. */
export function destination(key: string, from: number, count: number): number | null {
  if (from < 0 || count === 0) return null;
  if (key === "Home") return from === 0 ? null : 0;
  if (key === "End") return from === count - 1 ? null : count - 1;
  const to = from + (STEPS[key] ?? 0);
  return to === from || to < 0 || to >= count ? null : to;
}
