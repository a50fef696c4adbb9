// How long somebody waits, in words that say whether it is late.

import type { Row } from "../../shared/protocol";
import { clockTime } from "../../shared/time";

export type WaitState = "clock" | "soon" | "late";

/** `text` as shown, `spoken` for a screen reader. */
export interface Wait {
  state: WaitState;
  text: string;
  spoken: string;
}

export const SOON_S = 30;

/** Null when nobody waits. `now` in milliseconds. The deadline counts while the conversation is in the queue. */
export function wait(row: Pick<Row, "waiting_since" | "due_at">, now: number): Wait | null {
  if (row.waiting_since === null) return null;
  const waited = clockTime((now - Date.parse(row.waiting_since)) / 1000);
  const left = row.due_at === null ? null : (Date.parse(row.due_at) - now) / 1000;
  if (left !== null && left <= 0) {
    return { state: "late", text: `${waited} · late ${clockTime(-left)}`, spoken: `waits ${waited}, late by ${clockTime(-left)}` };
  }
  if (left !== null && left <= SOON_S) {
    const due = clockTime(Math.ceil(left));
    return { state: "soon", text: `${waited} · due in ${due}`, spoken: `waits ${waited}, due in ${due}` };
  }
  return { state: "clock", text: waited, spoken: `waits ${waited}` };
}
