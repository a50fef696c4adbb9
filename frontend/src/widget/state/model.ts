// Everything that the panel draws.

import type { Status } from "../../shared/connection";
import type { Unsent } from "../../shared/outbox";
import { type CustomerState, type Line, MAX_BODY } from "../../shared/protocol";

export interface State {
  /** starting: no session yet; chat: the log can be shown; unavailable: it cannot work here, `problem` says why. */
  phase: "starting" | "chat" | "unavailable";
  problem: string;
  link: Status;
  /** When the next try to connect comes, in ms since 1970; null while connected or trying. */
  retryAt: number | null;
  conversation: string;
  inbox: string;
  bot: string;
  maxBody: number;
  heartbeatS: number;
  holding: CustomerState;
  lines: readonly Line[];
  /** Part of the log is still on the way: it is history and not news. */
  reading: boolean;
  unsent: readonly Unsent[];
  /** The bot owes an answer to an accepted message, for at most six seconds. */
  typing: boolean;
  /** The last step that the service would not take, in its words. */
  notice: string;
  ratingSkipped: boolean;
  open: boolean;
  full: boolean;
  unread: number;
}

/** The state before the service has said anything; the names come with the page. */
export function starting(inbox: string, bot: string, embedded: boolean): State {
  return {
    phase: "starting",
    problem: "",
    link: "connecting",
    retryAt: null,
    conversation: "",
    inbox,
    bot,
    maxBody: MAX_BODY,
    heartbeatS: 15,
    holding: { holder: "bot", person: null, place: null, wait_s: null, rated: false },
    lines: [],
    reading: true,
    unsent: [],
    typing: false,
    notice: "",
    ratingSkipped: false,
    open: !embedded,
    full: !embedded,
    unread: 0,
  };
}
