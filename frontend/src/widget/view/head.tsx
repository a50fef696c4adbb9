// The header: whose chat this is, the menu, and the way out.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Session } from "../session";

interface Props {
  session: Session;
  close: () => void;
  askToEnd: () => void;
}

export function Head({ session, close, askToEnd }: Props) {
  const { inbox, full } = session.state;
  return (
    <header class="w-head">
      <span class="w-mark" aria-hidden="true">{[...inbox][0]}</span>
      <h1 id="title" tabIndex={-1}>{inbox}</h1>
      <Menu session={session} askToEnd={askToEnd} />
      <button type="button" class="button button-icon" aria-label="Close chat" onClick={close}>
        <Icon name={full ? "x" : "down"} />
      </button>
    </header>
  );
}

function Menu({ session, askToEnd }: Omit<Props, "close">) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { phase, holding, link } = session.state;
  const ended = holding.holder === "nobody";
  useLayoutEffect(() => {
    if (!open) return;
    list.current?.querySelector("button")?.focus();
    const outside = (event: Event): void => {
      const inside = list.current?.contains(event.target as Node) || button.current?.contains(event.target as Node);
      if (!inside) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
    };
  }, [open]);
  const choose = (act: () => void) => () => {
    setOpen(false);
    button.current?.focus();
    act();
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button ref={button} type="button" class="button button-icon" aria-label="Menu" aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}>
        <Icon name="more" />
      </button>
      <div ref={list} id="menu" class="w-menu" hidden={!open} role="group" aria-label="Menu" onKeyDown={leave}>
        {ended ? (
          <button type="button" onClick={choose(() => void session.startNew())}><Icon name="chat" />Start a new chat</button>
        ) : (
          <button type="button" disabled={phase !== "chat" || link !== "open"} onClick={choose(askToEnd)}><Icon name="check" />End chat</button>
        )}
      </div>
    </>
  );
}
