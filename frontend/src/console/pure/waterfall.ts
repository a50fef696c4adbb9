// Why a person: from the score of a usual chat, reason by reason, to this chat's score.

import type { Reason, Why } from "../../shared/protocol";

/** A bar from `from` to `to`, both 0 to 100. `rest`: what rounding or a missing reason leaves between the bars and the score. */
export interface Step {
  reason: Reason;
  from: number;
  to: number;
}

export interface Waterfall {
  base: number;
  steps: Step[];
  rest: number;
  score: number;
  threshold: number | null;
}

const clamp = (value: number): number => Math.min(Math.max(value, 0), 100);

/** Null when the handoff has no score (a take-over, or the bot was unavailable): then there is nothing to add up. */
export function waterfall(why: Why): Waterfall | null {
  if (why.score === null || why.base === null) return null;
  let level = why.base * 100;
  const steps = why.reasons.map((reason) => {
    const from = level;
    level += reason.share * 100;
    return { reason, from: clamp(from), to: clamp(level) };
  });
  const rest = why.score * 100 - level;
  return {
    base: clamp(why.base * 100),
    steps,
    rest: Math.abs(rest) < 0.5 ? 0 : rest,
    score: clamp(why.score * 100),
    threshold: why.threshold === null ? null : clamp(why.threshold * 100),
  };
}

/** ".29", "1.00": two decimals without a leading zero. */
export function points(value: number): string {
  return Math.abs(value).toFixed(2).replace(/^0/, "");
}

/** "+.29", "−.04". */
export function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${points(value)}`;
}
