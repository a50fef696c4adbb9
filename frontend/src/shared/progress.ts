// What a writer reads below a text that is not in the log yet.

import type { Unsent } from "./outbox";
import { minutes } from "./time";

/** Up to so many seconds are "a moment". */
const MOMENT_S = 15;
/** Refusals that the browser gave itself, because no answer came: the text may be in the log. */
const UNSURE = ["moved", "unanswered"];

/** The state of `item` in words; `before` are the unsent texts of its conversation that were written earlier. */
export function progress(item: Unsent, before: readonly Unsent[], online: boolean): string {
  if (item.status === "refused") return `${UNSURE.includes(item.code) ? "Not confirmed" : "Not sent"}. ${item.detail}`;
  if (!online) return "Waits for the connection";
  if (item.retryS > 0) return `Sending again ${within(item.retryS)}`;
  const first = before.find((each) => each.status === "pending");
  return first && first.retryS > 0 ? "Follows the message above" : "Sending";
}

function within(seconds: number): string {
  if (seconds <= MOMENT_S) return "in a moment";
  return seconds < 60 ? `in about ${seconds} s` : `in about ${minutes(seconds)}`;
}
