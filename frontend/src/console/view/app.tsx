// The whole console, and what its keys do.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { command, isText } from "../pure/keys";
import type { Session } from "../session";
import { Bar, type Places } from "./bar";
import { Card } from "./card";
import { run } from "./commands";
import { HandBack, KeyMap } from "./dialogs";
import { NowContext, SessionContext, useClock } from "./hooks";
import { ListsPane } from "./lists";
import { Notices } from "./notices";
import { Closed } from "./states";
import { Talk } from "./talk";

export function App({ session, places }: { session: Session; places: Places }): JSX.Element {
  useWatch(session);
  useKeys(session);
  useTitle(session);
  const now = useClock();
  const { shut, opened, dialog, status } = session.state;
  const found = opened?.case ?? null;
  return (
    <SessionContext.Provider value={session}>
      <NowContext.Provider value={now}>
        {!shut && <a class="skip" href="#talk">Skip to the conversation</a>}
        <div class="console" data-pane={opened ? "talk" : "lists"}>
          <Bar places={places} />
          {shut ? (
            <Closed shut={shut} login={places.login} />
          ) : (
            <main class="desk">
              <h1 class="sr-only">Console</h1>
              <Notices />
              <ListsPane />
              <Talk />
              <Card found={found} empty={opened === null || opened.missing !== null} />
            </main>
          )}
        </div>
        {dialog === "hand_back" && found && <HandBack found={found} />}
        {dialog === "map" && <KeyMap />}
        <p class="sr-only" role="status">{status}</p>
      </NowContext.Provider>
    </SessionContext.Provider>
  );
}

function useWatch(session: Session): void {
  const [, drawn] = useState(0);
  useEffect(() => session.watch(() => drawn((times) => times + 1)), [session]);
}

/** The tab says how many wait, so that it can be seen from another tab. */
function useTitle(session: Session): void {
  const waiting = session.state.lists?.queue.length ?? 0;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Console · Baton` : "Console · Baton";
  }, [waiting]);
}

function useKeys(session: Session): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, isComposing, repeat } = event;
      const pressed = { key, ctrlKey, metaKey, altKey, isComposing, repeat, altGraph: event.getModifierState("AltGraph") };
      const { dialog, singleKeys } = session.state;
      const asked = command(pressed, { inText: isText(event.target), inDialog: dialog !== null, singleKeys });
      if (asked && run(asked, session)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [session]);
}
