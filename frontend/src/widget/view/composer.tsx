// Where the customer writes. A text leaves it only into the outbox; what is too long stays here with the reason.

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/icons";
import { excess, lengthOf } from "../limits";
import type { Session } from "../session";
import type { State } from "../state/model";
import { focusOnward } from "./focus";

/** The counter appears this many characters before the end. */
const COUNT_FROM = 200;

interface Props {
  session: Session;
  draft: string;
  setDraft: (draft: string) => void;
}

export function Composer({ session, draft, setDraft }: Props) {
  const { state } = session;
  const box = useRef<HTMLTextAreaElement>(null);
  useGrowing(box, draft);
  useFocusKept(box, state.full);
  const over = excess(draft.trim(), state.maxBody);
  const empty = draft.trim() === "";
  const send = (): void => {
    box.current?.focus();
    if (empty || over) return;
    session.write(draft.trim());
    setDraft("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // 229: Safari says so when Enter only confirmed a candidate of the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  return (
    <form class="w-foot" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Counter draft={draft} over={over} most={state.maxBody} />
      <div class="w-compose">
        <textarea
          ref={box} id="composer" rows={1} dir="auto" aria-label="Message" aria-describedby="composer-note" aria-invalid={over > 0}
          placeholder={placeholder(state)} value={draft} enterkeyhint="send"
          onInput={(event) => setDraft(event.currentTarget.value)} onKeyDown={onKeyDown}
        />
        <button type="submit" class="button button-primary" aria-label="Send" aria-disabled={empty || over > 0}><Icon name="send" /></button>
      </div>
      <p class="w-small">{smallPrint(state)}</p>
    </form>
  );
}

function Counter({ draft, over, most }: { draft: string; over: number; most: number }) {
  const length = lengthOf(draft.trim());
  const close = length > most - COUNT_FROM;
  if (over) {
    return <p class="field-error w-note" id="composer-note" role="alert"><Icon name="alert" small />Too long by {over.toLocaleString("en")}. Please shorten it; nothing is lost.</p>;
  }
  return <p class="w-note muted" id="composer-note">{close && `${length.toLocaleString("en")} of ${most.toLocaleString("en")} characters`}</p>;
}

function placeholder({ holding }: State): string {
  if (holding.holder === "queue") return "Add something while you wait";
  return holding.holder === "agent" && holding.person ? `Write to ${holding.person}` : "Write a message";
}

function smallPrint({ holding, link }: State): string {
  if (link === "offline") return "Enter sends, Shift+Enter is a new line";
  if (holding.holder === "queue") return "You can write on. The bot is quiet.";
  if (holding.holder === "agent") return `${holding.person ?? "The agent"} sees this whole chat`;
  return "Bot answers can be wrong. Powered by Baton";
}

function useGrowing(box: RefObject<HTMLTextAreaElement | null>, draft: string): void {
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    current.style.setProperty("height", "auto");
    current.style.setProperty("height", `${current.scrollHeight + current.offsetHeight - current.clientHeight}px`);
  }, [draft]);
}

/** The composer goes when the chat ends and comes with the next one; the focus goes on to what took the place. */
function useFocusKept(box: RefObject<HTMLTextAreaElement | null>, full: boolean): void {
  useLayoutEffect(() => {
    const { current } = box;
    // "Start a new chat" has just gone away under the focus.
    if (document.hasFocus() && document.activeElement === document.body) focusOnward(full);
    return () => {
      if (document.activeElement === current) queueMicrotask(() => document.getElementById("ending")?.focus());
    };
  }, [box]);
}
