// Below the log: what this agent may do with this conversation now.

import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import type { Case } from "../../shared/protocol";
import { DISPOSITIONS } from "../api";
import { Banner } from "./notices";
import { useSession, when } from "./hooks";
import { short } from "./kinds";
import { Answer, KeptDraft } from "./write";

export function Composer({ found }: { found: Case }): JSX.Element {
  const { notice } = useSession().state;
  return (
    <div class="composer">
      {notice?.conversation === found.id && <Banner notice={notice} />}
      <Stand found={found} />
    </div>
  );
}

function Stand({ found }: { found: Case }): JSX.Element {
  switch (found.holder) {
    case "queue":
      return <Answer found={found} to="accept" />;
    case "agent":
      return found.mine ? <Answer found={found} to="send" /> : <Colleague found={found} />;
    case "bot":
      return <BotHolds found={found} />;
    case "nobody":
      return <Ended found={found} />;
  }
}

function BotHolds({ found }: { found: Case }): JSX.Element {
  const session = useSession();
  const { me, busy, singleKeys } = session.state;
  return (
    <>
      <div class="stand">
        <span class="avatar avatar-bot avatar-s" aria-hidden="true"><Icon name="bot" /></span>
        <p>
          <b>{found.bot}, the bot, answers.</b> If you jump in, it is quiet before its next message.
          <br />
          <span class="muted">{short(found.customer)} reads: “{me?.name} from our team is here now. The bot is quiet.”</span>
        </p>
        <button type="button" class="button button-primary push" id="jump-in" aria-keyshortcuts={singleKeys ? "w" : undefined} aria-busy={busy === "take_over"}
          disabled={busy !== null} onClick={() => void session.takeOver(found.id)}>
          <Icon name="jump" small />
          Jump in <kbd class="kbd">W</kbd>
        </button>
      </div>
      <KeptDraft found={found} />
    </>
  );
}

function Colleague({ found }: { found: Case }): JSX.Element {
  return (
    <>
      <div class="stand">
        <Icon name="person" />
        <p><b>{found.agent ?? "A colleague"} answers.</b> Only who holds a conversation can write.</p>
      </div>
      <KeptDraft found={found} />
    </>
  );
}

function Ended({ found }: { found: Case }): JSX.Element {
  const how = DISPOSITIONS.find((each) => each.value === found.disposition)?.label ?? ENDINGS[found.disposition];
  return (
    <>
      <div class="stand">
        <Icon name="check" />
        <p>
          <b>Closed{found.closed_at ? ` ${when(found.closed_at)}` : ""}.</b>
          {how && ` ${how}.`}
          {found.rating !== null && ` ${short(found.customer)} rated it ${found.rating} of 5.`}
        </p>
      </div>
      <KeptDraft found={found} />
    </>
  );
}

const ENDINGS: Record<string, string> = { finished: "The customer ended the chat", quiet: "Nobody wrote for long" };
