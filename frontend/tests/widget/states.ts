// A panel's state after a welcome, and shorthands for what may follow.

import { type CustomerState, MAX_BODY, type ToCustomer, VERSION } from "../../src/shared/protocol";
import { type State, starting } from "../../src/widget/state/model";
import { reduce } from "../../src/widget/state/reduce";

export const BOT: CustomerState = { holder: "bot", person: null, place: null, wait_s: null, rated: false };
export const QUEUE: CustomerState = { ...BOT, holder: "queue", place: 2, wait_s: 170 };
export const ANA: CustomerState = { ...BOT, holder: "agent", person: "Ana" };
export const ENDED: CustomerState = { ...BOT, holder: "nobody" };

export function welcome(has: Partial<Extract<ToCustomer, { type: "welcome" }>> = {}): ToCustomer {
  return { type: "welcome", version: VERSION, conversation: "c1", inbox: "Tarnwood", bot: "Tarn", seq: 0, heartbeat_s: 15, state: BOT, max_body: MAX_BODY, ...has };
}

/** The state after these frames, starting with an opened panel that has not said hello. */
export function after(...frames: ToCustomer[]): State {
  const closed = starting("Tarnwood", "Tarn", true);
  const state = reduce(closed, { do: "view", open: true, full: false });
  return frames.reduce((now, frame) => reduce(now, { do: "frame", frame }), state);
}
