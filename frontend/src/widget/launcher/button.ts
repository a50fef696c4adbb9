// The launcher button, built node by node: the host page may forbid every HTML sink.

const SVG = "http://www.w3.org/2000/svg";
const CHAT = "M2.5 4.5A1.75 1.75 0 0 1 4.25 2.75h7.5A1.75 1.75 0 0 1 13.5 4.5v5a1.75 1.75 0 0 1-1.75 1.75H7.5L4.5 13.75v-2.5h-.25A1.75 1.75 0 0 1 2.5 9.5z";
const DOWN = "M4 6.25 8 10.25l4-4";

export interface LauncherButton {
  readonly element: HTMLButtonElement;
  show(state: { open: boolean; unread: number }): void;
}

/** A round button that opens and closes the chat, with the number of unread lines while it is closed. */
export function launcherButton(onPress: () => void): LauncherButton {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "launcher";
  const path = document.createElementNS(SVG, "path");
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  picture.append(path);
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  element.append(picture, badge);
  element.addEventListener("click", onPress);

  function show({ open, unread }: { open: boolean; unread: number }): void {
    const waiting = open ? 0 : unread;
    path.setAttribute("d", open ? DOWN : CHAT);
    badge.hidden = waiting === 0;
    badge.textContent = waiting > 9 ? "9+" : String(waiting);
    element.setAttribute("aria-expanded", String(open));
    element.setAttribute("aria-label", label(open, waiting));
  }
  show({ open: false, unread: 0 });
  return { element, show };
}

function label(open: boolean, waiting: number): string {
  if (open) return "Close chat";
  return waiting ? `Open chat, ${waiting} unread` : "Open chat";
}
