// One state and one step give the next state. No sockets, no clock, no screen.

import type { Status } from "../../shared/connection";
import { take } from "../../shared/log";
import type { Unsent } from "../../shared/outbox";
import type { CustomerState, Line, ToCustomer } from "../../shared/protocol";
import type { State } from "./model";

export type Action =
  | { do: "frame"; frame: ToCustomer }
  | { do: "link"; link: Status; retryAt: number | null }
  | { do: "unsent"; unsent: readonly Unsent[] }
  | { do: "view"; open: boolean; full: boolean }
  | { do: "typing_over" }
  | { do: "skip_rating" }
  | { do: "unavailable"; problem: string };

/** The next state. The same object when nothing changed. */
export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "frame":
      return onFrame(state, action.frame);
    case "link":
      // A try that follows a lost connection leaves the banner as it is until it has worked.
      return { ...state, link: action.link === "connecting" && state.link === "offline" ? "offline" : action.link, retryAt: action.retryAt };
    case "unsent":
      return { ...state, unsent: action.unsent };
    case "view":
      return { ...state, open: action.open, full: action.full, unread: action.open ? 0 : state.unread };
    case "typing_over":
      return state.typing ? { ...state, typing: false } : state;
    case "skip_rating":
      return { ...state, ratingSkipped: true };
    case "unavailable":
      return { ...state, phase: "unavailable", problem: action.problem };
  }
}

function onFrame(state: State, frame: ToCustomer): State {
  switch (frame.type) {
    case "welcome":
      return welcomed(state, frame);
    case "lines":
      return withLines(state, frame.items, frame.more);
    case "resync":
      return { ...state, lines: [], reading: true };
    case "accepted":
      return { ...state, typing: owesAnswer(state, frame.seq) };
    case "state":
      return { ...held(state, frame.state), notice: "" };
    case "error":
      return { ...state, notice: frame.detail };
    default:
      return state; // an answer to this tab alone, or a frame of a later version
  }
}

function welcomed(state: State, frame: Extract<ToCustomer, { type: "welcome" }>): State {
  const other = frame.conversation !== state.conversation;
  const lines = other ? [] : state.lines;
  return {
    ...held(state, frame.state),
    phase: "chat",
    conversation: frame.conversation,
    inbox: frame.inbox,
    bot: frame.bot,
    maxBody: frame.max_body,
    heartbeatS: frame.heartbeat_s,
    lines,
    reading: other ? frame.seq > 0 : state.reading,
    notice: "",
    typing: other ? false : state.typing,
    ratingSkipped: other ? false : state.ratingSkipped,
  };
}

function withLines(state: State, items: readonly Line[], more: boolean): State {
  const { lines } = take(state.lines, items);
  const fresh = lines.slice(state.lines.length);
  const theirs = fresh.filter((line) => line.author !== "customer");
  return {
    ...state,
    lines,
    reading: state.reading && more,
    typing: state.typing && theirs.length === 0,
    unread: state.open || state.reading ? state.unread : state.unread + theirs.length,
  };
}

function held(state: State, holding: CustomerState): State {
  return { ...state, holding, typing: state.typing && holding.holder === "bot" };
}

function owesAnswer(state: State, seq: number): boolean {
  const answered = state.lines.some((line) => line.seq > seq && line.author !== "customer");
  return state.holding.holder === "bot" && !answered;
}
