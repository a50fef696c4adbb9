// What follows from the state: read by the views, stored nowhere.

import type { Button, CustomerState, Line } from "../../shared/protocol";
import { minutes } from "../../shared/time";
import type { State } from "./model";

/** Words for "Talk to a person": an ordinary message, so that the log shows who asked for what. */
export const ASK_FOR_PERSON = "I would like to talk to a person.";

/** The quick replies that still make sense: of the last spoken line, while the bot holds and the customer wrote nothing since. */
export function quickReplies(state: State): readonly Button[] {
  if (state.holding.holder !== "bot" || state.unsent.some((item) => item.status !== "refused")) return [];
  const spoken = state.lines.findLast((line) => line.author !== "system");
  return spoken?.author === "bot" ? spoken.buttons : [];
}

/** The `seq` of the system line that is drawn as the waiting card; 0 while nobody waits. */
export function waitingLine(state: State): number {
  if (state.holding.holder !== "queue") return 0;
  return state.lines.findLast((line) => line.event === "escalated" || line.event === "requeued")?.seq ?? 0;
}

/** The `seq` of the customer's newest line, which carries "Delivered"; 0 when there is none. */
export function newestOwn(lines: readonly Line[]): number {
  return lines.findLast((line) => line.author === "customer")?.seq ?? 0;
}

/** The two lines of the holder strip. */
export function holderWords(state: State): { who: string; what: string } {
  const { holder, person } = state.holding;
  switch (holder) {
    case "bot":
      return { who: `${state.bot}, our bot`, what: "answers now" };
    case "queue":
      return queueWords(state.holding);
    case "agent":
      return { who: `${person ?? "Somebody"}, a person`, what: `${state.inbox} team` };
    case "nobody":
      return { who: "This chat has ended", what: state.inbox };
  }
}

function queueWords({ place, wait_s }: CustomerState): { who: string; what: string } {
  return {
    who: place === null ? "Waiting for a person" : `Number ${place} in line`,
    what: wait_s === null ? "a person joins when one is free" : `about ${minutes(wait_s)}`,
  };
}

/** The one spoken status: said again only when the connection, the holder or the place changes. */
export function spokenStatus(state: State): string {
  if (state.phase !== "chat") return state.problem;
  if (state.link === "offline") return "No connection. We keep your messages and try again.";
  const { holder, place, person } = state.holding;
  if (holder === "queue") return place === null ? "You are waiting for a person." : `You are number ${place} in line.`;
  if (holder === "agent") return `You are talking to ${person ?? "a person"}, a person.`;
  return holder === "nobody" ? "This chat has ended." : "";
}

/** Who talked with the customer: "Tarn, our bot, and to Ana". Empty when nobody did. */
export function companions(state: State): string {
  const people = [...new Set(state.lines.filter((line) => line.author === "agent").map((line) => line.name))];
  const bot = state.lines.some((line) => line.author === "bot") ? [`${state.bot}, our bot`] : [];
  const all = [...bot, ...people];
  const comma = bot.length ? ", and to " : " and to ";
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")}${comma}${all.at(-1)}`;
}
