// A frame from the service changes what the console knows. Pure: the same state and frame give the same state.

import { lastSeq, take } from "../../shared/log";
import type { ToAgent } from "../../shared/protocol";
import { arrange } from "../pure/order";
import type { Opened, State } from "./model";

/** The state after `frame`. Frames about a conversation that is no longer open, or of a later version, change nothing. */
export function onFrame(state: State, frame: ToAgent): State {
  switch (frame.type) {
    case "welcome":
      return onWelcome(state, frame);
    case "lists":
      return onLists(state, frame);
    case "case":
      return inOpened(state, frame.case.id, (opened) => ({ ...opened, case: frame.case, loaded: true, missing: null }));
    case "lines":
      return inOpened(state, frame.conversation, (opened) => ({ ...opened, lines: take(opened.lines, frame.items).lines }));
    case "resync":
      return inOpened(state, frame.conversation, (opened) => ({ ...opened, lines: [] }));
    case "error":
      return onError(state, frame.code, frame.detail);
    default:
      return state;
  }
}

/** Whether the open log has lines that this console has not: `state` is the one after `frame` was taken in. */
export function isBehind(state: State, frame: ToAgent): boolean {
  if (!state.opened) return false;
  const last = lastSeq(state.opened.lines);
  if (frame.type === "heartbeat") return frame.seq > last;
  if (frame.type !== "lines" || frame.conversation !== state.opened.id) return false;
  return (frame.items.at(-1)?.seq ?? 0) > last; // what came lies beyond a gap
}

function inOpened(state: State, id: string, change: (opened: Opened) => Opened): State {
  return state.opened?.id === id ? { ...state, opened: change(state.opened) } : state;
}

function onWelcome(state: State, frame: Extract<ToAgent, { type: "welcome" }>): State {
  const notice = state.notice?.passing ? null : state.notice;
  return { ...state, me: frame.me, maxBody: frame.max_body, heartbeatS: frame.heartbeat_s, notice };
}

function onLists(state: State, frame: Extract<ToAgent, { type: "lists" }>): State {
  const lists = { mine: frame.mine, queue: frame.queue, watch: frame.watch };
  const waits = frame.queue.length;
  const changed = state.lists !== null && state.lists.queue.length !== waits;
  return {
    ...state,
    me: frame.me,
    available: frame.available,
    lists,
    shown: arrange(state.shown.slots, lists, state.anchor),
    status: changed ? `Queue: ${waits === 0 ? "nobody waits" : waits === 1 ? "1 waits" : `${waits} wait`}` : state.status,
  };
}

function onError(state: State, code: string, detail: string): State {
  if (code === "not_found" && state.opened && !state.opened.case) {
    return { ...state, opened: { ...state.opened, loaded: true, missing: detail } };
  }
  const passing = code === "unavailable";
  return { ...state, notice: { tone: passing ? "warn" : "danger", text: detail, conversation: null, passing } };
}
