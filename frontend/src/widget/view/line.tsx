// One line of the log, and one text that is not in the log yet. Both have the same key, so the node stays when it arrives.

import { Icon, type IconName } from "../../shared/icons";
import type { Unsent } from "../../shared/outbox";
import { progress } from "../../shared/progress";
import type { CustomerState, Line } from "../../shared/protocol";
import { moment } from "../../shared/time";
import { BotAvatar, PersonAvatar } from "./avatar";
import { Text } from "./text";
import { WaitFigures, Relay } from "./wait";

const EVENTS: Record<string, IconName> = {
  escalated: "queue", requeued: "queue", joined: "person", handed_back: "handback", resolved: "check", finished: "check",
};

/** A line by a bot, a person or the service. */
export function TheirLine({ line, waiting }: { line: Line; waiting: CustomerState | null }) {
  if (line.author === "system") return <SystemLine line={line} waiting={waiting} />;
  const bot = line.author === "bot";
  return (
    <li class={bot ? "msg msg-bot" : "msg msg-agent"}>
      {bot ? <BotAvatar /> : <PersonAvatar name={line.name} />}
      <p class="msg-meta"><b>{line.name}</b> <span>{bot ? "bot" : "person"} · <time dateTime={line.at}>{moment(line.at, Date.now())}</time></span></p>
      <div class="bubble" dir="auto"><Text body={line.body} /></div>
    </li>
  );
}

function SystemLine({ line, waiting }: { line: Line; waiting: CustomerState | null }) {
  return (
    <li class={waiting ? "wait" : "pass"}>
      {waiting ? <Relay key="relay" /> : <Icon key="icon" name={EVENTS[line.event] ?? "clock"} small />}
      <span key="body" dir="auto">{line.body}</span>
      {waiting && <WaitFigures key="figures" waiting={waiting} />}
    </li>
  );
}

/**
 * A text of the customer's, from the moment of writing on. Until its line is there it comes from the outbox; then from the
 * log, in the same node: whoever listens to the log hears it once.
 */
export function OwnLine({ body, state, again }: { body: string; state: Delivery; again: () => void }) {
  return (
    <li class={`msg msg-own ${state.css}`}>
      <span class="sr-only">You: </span>
      <div class="bubble" dir="auto"><Text body={body} /></div>
      {state.icon && (
        // A refusal is a new node, so that whoever listens to the log hears of it.
        <p key={state.retry ? "refused" : "on its way"} class={state.retry ? "msg-state w-failed" : "msg-state"}>
          <Icon name={state.icon} small /> {state.words}
          {state.retry && <button type="button" class="button button-quiet" onClick={again}>Try again</button>}
        </p>
      )}
    </li>
  );
}

export interface Delivery {
  css: "" | "msg-pending" | "msg-failed";
  icon: IconName | null;
  words: string;
  retry: boolean;
}

/** In the log: only the newest says so. */
export function delivered(newest: boolean): Delivery {
  return { css: "", icon: newest ? "checks" : null, words: newest ? "Delivered" : "", retry: false };
}

/** Not in the log yet: stored, on its way, put off, waiting for the connection, or refused with the reason. */
export function deliveryOf(item: Unsent, before: readonly Unsent[], online: boolean): Delivery {
  if (item.status === "accepted") return delivered(true);
  const words = progress(item, before, online);
  if (item.status === "refused") return { css: "msg-failed", icon: "alert", words: `${words} `, retry: true };
  return { css: "msg-pending", icon: "clock", words, retry: false };
}
