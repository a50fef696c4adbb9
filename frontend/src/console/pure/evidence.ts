// Cutting a message into marked and plain pieces. Offsets are UTF-16 units; spans may overlap, touch, repeat or be wrong.

import type { KindName, Reason } from "../../shared/protocol";

/** Reason `number` saw `start` to `end` of this message; `index` counts that reason's pieces of evidence from 0. */
export interface Span {
  number: number;
  kind: KindName;
  start: number;
  end: number;
  index: number;
}

/** `spans` cover this piece, the lowest reason first; `ends` are those that end with it and get their number here. */
export interface Piece {
  text: string;
  spans: Span[];
  ends: Span[];
}

/** The evidence of all reasons in message `seq`. */
export function spansIn(reasons: readonly Reason[], seq: number): Span[] {
  return reasons.flatMap((reason) =>
    reason.evidence.flatMap((found, index) =>
      found.seq === seq ? [{ number: reason.number, kind: reason.kind, start: found.start, end: found.end, index }] : [],
    ),
  );
}

/** The pieces of `body` in order; joined they are `body` again, whatever the spans. Empty and outside spans mark nothing. */
export function cut(body: string, spans: readonly Span[]): Piece[] {
  const sound = spans
    .map((span) => ({ ...span, start: snap(body, span.start, -1), end: snap(body, span.end, 1) }))
    .filter((span) => span.start < span.end)
    .sort((one, other) => one.number - other.number || one.start - other.start);
  const borders = [...new Set([0, body.length, ...sound.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  return borders.slice(1).map((end, index) => {
    const start = borders[index] ?? 0;
    const covering = sound.filter((span) => span.start <= start && span.end >= end);
    return { text: body.slice(start, end), spans: covering, ends: covering.filter((span) => span.end === end) };
  });
}

/** Inside the text, and never between the two halves of one character. */
function snap(body: string, offset: number, away: 1 | -1): number {
  const inside = Math.min(Math.max(Math.trunc(offset), 0), body.length);
  const code = body.charCodeAt(inside);
  const before = body.charCodeAt(inside - 1);
  const splits = code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
  return splits ? inside + away : inside;
}
