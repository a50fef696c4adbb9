// The world of a real page.

import type { Sign, Socket, World } from "./connection";

/** Where the page's signs come from: window and document. */
export interface Page {
  window: EventTarget;
  document: EventTarget & { readonly visibilityState: string };
}

/** Hear the signs of `page`; returns how to stop. `freeze` and `resume` come only where the browser has them. */
export function signsOf({ window, document }: Page, hear: (sign: Sign) => void): () => void {
  const wake = (): void => hear("wake");
  const sleep = (): void => hear("sleep");
  const offline = (): void => hear("offline");
  const seen = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  const shown = (event: Event): void => {
    // Otherwise it is the page's first showing, and the connection has just begun.
    if ((event as PageTransitionEvent).persisted) wake();
  };
  const listened: [EventTarget, string, (event: Event) => void][] = [
    [window, "online", wake],
    [window, "offline", offline],
    [window, "pageshow", shown],
    [window, "pagehide", sleep],
    [document, "visibilitychange", seen],
    [document, "freeze", sleep],
    [document, "resume", wake],
  ];
  for (const [target, name, listener] of listened) target.addEventListener(name, listener);
  return () => {
    for (const [target, name, listener] of listened) target.removeEventListener(name, listener);
  };
}

export const browser: World = {
  socket: (url) => new WebSocket(url) as Socket,
  random: Math.random,
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  signs: (hear) => signsOf({ window, document }, hear),
};
