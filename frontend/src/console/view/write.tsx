// The box, and the buttons below it.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Case } from "../../shared/protocol";
import { DISPOSITIONS, type Disposition } from "../api";
import { useSession } from "./hooks";
import { short } from "./kinds";
import { Menu } from "./menu";
import { QueueWait } from "./queuewait";

const COUNT_FROM = 0.9;

/** `to` accept: the conversation waits, the text is a draft. `to` send: it is mine. */
export function Answer({ found, to }: { found: Case; to: "accept" | "send" }): JSX.Element {
  const session = useSession();
  const [, drawn] = useState(0);
  const text = session.drafts.read(found.id);
  const { maxBody } = session.state;
  const ready = text.trim().length > 0 && text.length <= maxBody;
  const keep = (value: string): void => {
    session.drafts.write(found.id, value);
    drawn((times) => times + 1);
  };
  const send = (): void => {
    if (to === "send" && ready) session.write(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div class="write">
      <label>
        <span class="sr-only">Reply to {found.customer}</span>
        <textarea id="reply" rows={2} value={text} placeholder={`Write to ${short(found.customer)}`} aria-keyshortcuts={session.state.singleKeys ? "r" : undefined}
          aria-invalid={text.length > maxBody} onInput={(event) => keep(event.currentTarget.value)} onKeyDown={onKeyDown} />
      </label>
      <div class="write-foot">
        {to === "send" ? <Holding found={found} /> : <Queued found={found} />}
        {text.length > maxBody * COUNT_FROM && <Left left={maxBody - text.length} />}
        {to === "send" && (
          <button type="button" class="button button-primary push" aria-keyshortcuts="Control+Enter Meta+Enter" aria-disabled={!ready} onClick={send}>
            Send <span class="wide-only"><kbd class="kbd">Ctrl ↵</kbd></span>
          </button>
        )}
      </div>
    </div>
  );
}

function Left({ left }: { left: number }): JSX.Element {
  return <span class={`write-count ${left < 0 ? "is-over" : ""}`} role="status">{left < 0 ? `${-left} too many` : `${left} left`}</span>;
}

function Queued({ found }: { found: Case }): JSX.Element {
  const session = useSession();
  const { busy, singleKeys } = session.state;
  return (
    <>
      <span class="write-count"><QueueWait found={found} /></span>
      <span class="small muted wide-only">A draft is kept; it can be sent once you have accepted.</span>
      <button type="button" class="button button-primary push" id="accept" aria-keyshortcuts={singleKeys ? "a" : undefined} aria-busy={busy === "accept"}
        disabled={busy !== null} onClick={() => void session.accept(found.id)}>
        Accept <kbd class="kbd">A</kbd>
      </button>
    </>
  );
}

function Holding({ found }: { found: Case }): JSX.Element {
  const session = useSession();
  const { busy, singleKeys } = session.state;
  return (
    <>
      <button type="button" class="button" id="hand-back" aria-keyshortcuts={singleKeys ? "b" : undefined} aria-haspopup="dialog"
        disabled={busy !== null} onClick={() => session.show("hand_back")}>
        <Icon name="handback" small />
        Hand back <kbd class="kbd">B</kbd>
      </button>
      <Menu label="Resolve as" css="resolve" up keys={singleKeys ? "e" : undefined} disabled={busy !== null}
        choices={DISPOSITIONS} note={`${short(found.customer)} reads that you ended the chat, and may rate it.`}
        onChoose={(value) => void session.resolve(found.id, value as Disposition)}>
        <Icon name="check" small />
        Resolve <kbd class="kbd">E</kbd>
      </Menu>
    </>
  );
}

/** A draft for a conversation that is no longer this agent's: kept until deleted. */
export function KeptDraft({ found }: { found: Case }): JSX.Element | null {
  const session = useSession();
  const [, drawn] = useState(0);
  const text = session.drafts.read(found.id);
  if (!text) return null;
  const forget = (): void => {
    session.drafts.write(found.id, "");
    drawn((times) => times + 1);
  };
  return (
    <>
      <p class="small muted">Your draft, kept until you delete it</p>
      <p class="kept">{text}</p>
      <div><button type="button" class="button button-quiet" onClick={forget}>Delete draft</button></div>
    </>
  );
}
