// Who is talking, and the way to a person. It never scrolls away.

import { Icon } from "../../shared/icons";
import type { Session } from "../session";
import { ASK_FOR_PERSON, holderWords } from "../state/reading";
import { focusOnward } from "./focus";
import { BotAvatar, PersonAvatar } from "./avatar";

const SKINS = { bot: "is-bot", queue: "is-queue", agent: "is-person", nobody: "is-nobody" };

export function HolderStrip({ session }: { session: Session }) {
  const { holding, phase } = session.state;
  const { who, what } = holderWords(session.state);
  return (
    <div class={`w-holder ${SKINS[holding.holder]}`}>
      <Figure session={session} />
      <span class="w-who"><b>{who}</b>{what}</span>
      {holding.holder === "bot" && phase === "chat" && <AskForPerson session={session} />}
      {holding.holder === "queue" && (
        <button type="button" class="button" disabled={session.state.link !== "open"} onClick={() => { session.stopWaiting(); focusOnward(session.state.full); }}>Stop waiting</button>
      )}
    </div>
  );
}

function Figure({ session }: { session: Session }) {
  const { holder, person } = session.state.holding;
  if (holder === "bot") return <BotAvatar />;
  if (holder === "agent") return <PersonAvatar name={person ?? "?"} />;
  return <span class="avatar avatar-bare" aria-hidden="true"><Icon name={holder === "queue" ? "queue" : "check"} /></span>;
}

function AskForPerson({ session }: { session: Session }) {
  const asked = session.state.unsent.some((item) => item.body === ASK_FOR_PERSON && item.status !== "refused");
  const ask = (): void => {
    session.write(ASK_FOR_PERSON);
    focusOnward(session.state.full);
  };
  return (
    <button type="button" class="button" disabled={asked} onClick={ask}>
      <Icon name="person" />Talk to a person
    </button>
  );
}
