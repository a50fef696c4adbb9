// Dialogs: the browser's own, so that the focus stays inside, Escape cancels and the focus returns to the opener.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Case } from "../../shared/protocol";
import { KEYS } from "../pure/keys";
import { useSession } from "./hooks";
import { short } from "./kinds";

interface FrameProps {
  title: string;
  icon: JSX.Element;
  wide?: boolean;
  children: ComponentChildren;
}

function Frame({ title, icon, wide, children }: FrameProps): JSX.Element {
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog class={`dialog ${wide ? "dialog-wide" : ""}`} ref={dialog} aria-labelledby="dialog-title" onClose={() => session.show(null)}>
      <div class="dialog-head">
        {icon}
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="button button-quiet button-icon" aria-label="Close" onClick={() => session.show(null)}>
          <Icon name="x" />
        </button>
      </div>
      {children}
    </dialog>
  );
}

const MOST_NOTE = 2000;

/** Give the conversation back to the bot, with what it should know. */
export function HandBack({ found }: { found: Case }): JSX.Element {
  const session = useSession();
  const [note, setNote] = useState("");
  const { busy, notice } = session.state;
  const go = (): void => void (busy === null && session.handBack(found.id, note.trim()));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) go();
  };
  return (
    <Frame title={`Hand ${short(found.customer)} back to ${found.bot}`} icon={<span class="avatar avatar-bot avatar-s" aria-hidden="true"><Icon name="bot" /></span>}>
      <div class="dialog-body">
        {notice && <p class="field-error" role="alert"><Icon name="alert" small />{notice.text}</p>}
        <p>The bot gets your whole stretch. What counted until now cannot escalate again; a new request for a person still does, at once.</p>
        <div class="field">
          <label for="note">What the bot should know</label>
          <textarea class="textarea" id="note" autofocus value={note} maxLength={MOST_NOTE} aria-describedby="note-hint"
            onInput={(event) => setNote(event.currentTarget.value)} onKeyDown={onKeyDown} />
          <span class="hint" id="note-hint">The customer does not see this. It may stay empty.</span>
        </div>
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={() => session.show(null)}>Cancel</button>
        <button type="button" class="button button-primary" aria-keyshortcuts="Control+Enter Meta+Enter" disabled={busy !== null}
          aria-busy={busy === "hand_back"} onClick={go}>
          <Icon name="handback" small />
          Hand back <kbd class="kbd">Ctrl ↵</kbd>
        </button>
      </div>
    </Frame>
  );
}

/** The map of keys, and their off switch. */
export function KeyMap(): JSX.Element {
  const session = useSession();
  const { singleKeys } = session.state;
  return (
    <Frame title="Keyboard shortcuts" icon={<Icon name="keyboard" />} wide>
      <div class="dialog-body">
        <dl class="keys">
          {KEYS.map(({ key, label }) => <KeyRow key={key} label={label} caps={[key]} />)}
          <KeyRow label="Send" caps={["Ctrl", "Enter"]} />
          <KeyRow label="Leave the box, close" caps={["Esc"]} />
        </dl>
        <label class="switch">
          <input type="checkbox" role="switch" aria-checked={singleKeys} checked={singleKeys} onChange={(event) => session.setSingleKeys(event.currentTarget.checked)} />
          Single-key shortcuts
        </label>
        <p class="small muted">Letters work outside text fields only. AltGr letters always type.</p>
      </div>
    </Frame>
  );
}

function KeyRow({ label, caps }: { label: string; caps: readonly string[] }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{caps.map((cap) => <kbd key={cap} class="kbd">{cap}</kbd>)}</dd>
    </div>
  );
}
