// What the agent, the connection and the HTTP answers change.

import type { Case, Me, ToAgent } from "../../shared/protocol";
import type { Problem } from "../api";
import { arrange } from "../pure/order";
import { onFrame } from "./frames";
import type { Dialog, Notice, Shut, State, Step, Tab } from "./model";
import type { Written } from "./outboxes";

export type Action =
  | { do: "frame"; frame: ToAgent }
  | { do: "link"; link: State["link"]; now: number; retryInS: number | null }
  | { do: "shut"; shut: Shut }
  | { do: "open"; conversation: string }
  | { do: "close" }
  | { do: "tab"; tab: Tab }
  | { do: "hold"; anchor: string | null }
  | { do: "settle" }
  | { do: "unsent"; unsent: readonly Written[] }
  | { do: "busy"; step: Step }
  | { do: "me"; me: Me }
  | { do: "passed"; case: Case }
  | { do: "refused"; problem: Problem; conversation: string | null }
  | { do: "notice"; notice: Notice | null }
  | { do: "dialog"; dialog: Dialog }
  | { do: "single_keys"; on: boolean };

/** The state after `action`. */
export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case "frame":
      return onFrame(state, action.frame);
    case "link":
      return onLink(state, action.link, action.now, action.retryInS);
    case "shut":
      return { ...state, shut: action.shut, dialog: null };
    case "open":
      return state.opened?.id === action.conversation ? state : opening(state, action.conversation);
    case "close":
      return settled({ ...state, opened: null, notice: null });
    case "tab":
      return settled({ ...state, tab: action.tab });
    case "hold":
      return action.anchor === null ? settled(state) : { ...state, anchor: action.anchor };
    case "settle":
      return settled(state);
    case "dialog":
      return { ...state, dialog: action.dialog };
    case "single_keys":
      return { ...state, singleKeys: action.on };
    case "unsent":
      return { ...state, unsent: action.unsent };
    case "notice":
      return { ...state, notice: action.notice };
    default:
      return onAnswer(state, action);
  }
}

type Doing = Extract<Action, { do: "busy" | "me" | "passed" | "refused" }>;

function onAnswer(state: State, action: Doing): State {
  switch (action.do) {
    case "busy":
      return { ...state, busy: action.step, notice: null };
    case "me":
      return { ...state, busy: null, me: action.me };
    case "passed":
      return passed(state, action.case);
    case "refused":
      return { ...state, busy: null, notice: { tone: "warn", text: told(action.problem, state), conversation: action.conversation } };
  }
}

function onLink(state: State, link: State["link"], now: number, retryInS: number | null): State {
  if (link === "open") return { ...state, link, offlineSince: null, retryAt: null, status: state.offlineSince ? "Connected again" : state.status };
  const since = state.offlineSince ?? (link === "offline" ? now : null);
  const status = link === "offline" && state.link !== "offline" ? "No connection" : state.status;
  return { ...state, link, offlineSince: since, retryAt: retryInS === null ? null : now + retryInS * 1000, status };
}

function opening(state: State, conversation: string): State {
  const opened = { id: conversation, lines: [], case: null, loaded: false, missing: null };
  return { ...state, opened, notice: null, dialog: null };
}

function settled(state: State): State {
  const shown = state.lists ? arrange([], state.lists, null) : state.shown;
  return { ...state, anchor: null, shown };
}

function passed(state: State, next: Case): State {
  const opened = state.opened?.id === next.id ? { ...state.opened, case: next } : state.opened;
  return { ...state, busy: null, dialog: null, opened };
}

/** A lost race says who won; whoever lost may read on, and the draft stays where it is. */
function told({ code, detail, agent }: Problem, { busy, me }: State): string {
  const raced = code === "taken" && (busy === "accept" || busy === "take_over");
  return raced && agent && agent !== me?.name ? `${agent} accepted first. You can read on.` : detail;
}
