// What the console knows. Everything on screen is a function of this and of the clock.

import type { Case, Line, Me } from "../../shared/protocol";
import type { Arrangement, Lists, Section } from "../pure/order";
import type { Written } from "./outboxes";

export type Tab = "all" | Section;
export type Dialog = "hand_back" | "map" | null;
export type Step = "accept" | "take_over" | "hand_back" | "resolve" | "availability";

/** Why there is no console: the session ended, or the account may not use it. */
export type Shut = "expired" | "forbidden" | null;

/** A banner. With a `conversation` it belongs to that one alone; a `passing` one goes with the next welcome. */
export interface Notice {
  tone: "warn" | "danger";
  text: string;
  conversation: string | null;
  passing?: boolean;
}

/** The conversation that is open. `lines` has no gaps; `missing` when it does not exist for this agent. */
export interface Opened {
  id: string;
  lines: readonly Line[];
  case: Case | null;
  loaded: boolean;
  missing: string | null;
}

export interface State {
  link: "connecting" | "open" | "offline";
  offlineSince: number | null;
  retryAt: number | null;
  shut: Shut;
  me: Me | null;
  maxBody: number;
  heartbeatS: number;
  available: number;
  lists: Lists | null;
  shown: Arrangement;
  anchor: string | null;
  tab: Tab;
  opened: Opened | null;
  unsent: readonly Written[];
  busy: Step | null;
  notice: Notice | null;
  dialog: Dialog;
  singleKeys: boolean;
  status: string;
}

export const START: State = {
  link: "connecting",
  offlineSince: null,
  retryAt: null,
  shut: null,
  me: null,
  maxBody: 4000,
  heartbeatS: 15,
  available: 0,
  lists: null,
  shown: { slots: [], waiting: { mine: 0, queue: 0, watch: 0 } },
  anchor: null,
  tab: "all",
  opened: null,
  unsent: [],
  busy: null,
  notice: null,
  dialog: null,
  singleKeys: true,
  status: "",
};
