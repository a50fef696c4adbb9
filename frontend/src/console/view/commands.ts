// What each key does to what is open now. A key that fits nothing here does nothing.

import type { Command } from "../pure/keys";
import type { Session } from "../session";

/** Carry out a command; false when it does not apply, so that the key keeps its own meaning. */
export function run(command: Command, session: Session): boolean {
  switch (command) {
    case "next":
      return move(session, 1);
    case "previous":
      return move(session, -1);
    case "reply":
      return focus("#reply");
    case "hand_back":
      return press("#hand-back");
    case "resolve":
      return press(".resolve");
    case "jump_in":
      return press("#jump-in");
    case "accept":
      return accept(session);
    case "map":
      session.show("map");
      return true;
    case "leave":
      return leave();
  }
}

/** The open conversation if it waits; with nothing open, the next one in the queue is opened first, to be read. */
function accept(session: Session): boolean {
  const { opened, lists } = session.state;
  if (document.querySelector("#accept")) return press("#accept");
  const first = lists?.queue[0];
  if (opened || !first) return false;
  session.open(first.id);
  void session.accept(first.id);
  return true;
}

function move(session: Session, step: 1 | -1): boolean {
  const id = session.move(step);
  if (!id) return false;
  // The rows are drawn again first.
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>(`.conv[data-id="${CSS.escape(id)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  });
  return true;
}

function focus(selector: string): boolean {
  const target = document.querySelector<HTMLElement>(selector);
  target?.focus();
  return target !== null;
}

function press(selector: string): boolean {
  const target = document.querySelector<HTMLButtonElement>(selector);
  if (!target || target.disabled) return false;
  target.click();
  return true;
}

/** Out of the box, onto the conversation's row; the next letter is a command again. */
function leave(): boolean {
  if (!(document.activeElement instanceof HTMLTextAreaElement)) return false;
  const row = document.querySelector<HTMLElement>('.conv[aria-current="true"]');
  if (row?.offsetParent) row.focus();
  else document.activeElement.blur();
  return true;
}
