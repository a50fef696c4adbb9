// The client's copy of a conversation's log. It only ever holds lines 1..n without a gap.

import type { Line } from "./protocol";

/** The last `seq` of the lines; 0 when there are none. */
export function lastSeq(lines: readonly Line[]): number {
  return lines.at(-1)?.seq ?? 0;
}

/**
 * Take the next part of the log, oldest first. Lines that are here already are dropped. At a line that leaves a gap it
 * stops and says so: the caller asks again with `hello {after: lastSeq(lines)}`.
 */
export function take(lines: readonly Line[], items: readonly Line[]): { lines: readonly Line[]; gap: boolean } {
  const taken = [...lines];
  for (const item of items) {
    const mine = lastSeq(taken);
    if (item.seq <= mine) continue;
    if (item.seq > mine + 1) return { lines: taken, gap: true };
    taken.push(item);
  }
  return { lines: taken.length === lines.length ? lines : taken, gap: false };
}
