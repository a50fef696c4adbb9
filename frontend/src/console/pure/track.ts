// Who held the conversation, for how long: the segments of the track.

import type { Case, HolderName, Stretch } from "../../shared/protocol";
import { clockTime } from "../../shared/time";

/** `share` is the segment's width against the others; `now` marks the present holder. */
export interface Segment {
  holder: HolderName;
  label: string;
  share: number;
  now: boolean;
}

const NARROW_S = 20;

/** The segments in order, the last one ticking with `now` (milliseconds). A closed chat ends with no open stretch. */
export function segments(found: Pick<Case, "track" | "bot" | "closed_at">, me: string, now: number): Segment[] {
  return found.track
    .filter((stretch) => stretch.holder !== "nobody")
    .map((stretch) => {
      const end = stretch.until ?? found.closed_at;
      const seconds = Math.max(0, ((end ? Date.parse(end) : now) - Date.parse(stretch.since)) / 1000);
      return {
        holder: stretch.holder,
        label: `${holderName(stretch, me)} ${clockTime(seconds)}`,
        share: Math.sqrt(Math.max(seconds, NARROW_S)),
        now: end === null,
      };
    });
}

function holderName(stretch: Stretch, me: string): string {
  if (stretch.holder === "queue") return "Queue";
  if (stretch.holder === "bot") return "Bot";
  return stretch.name === me ? "You" : (stretch.name ?? "A person");
}
