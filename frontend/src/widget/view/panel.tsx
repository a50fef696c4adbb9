// The panel from top to bottom: header, holder strip, banner, log, and the composer or the end.

import { useEffect, useReducer, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Session } from "../session";
import { spokenStatus } from "../state/reading";
import { Banner } from "./banner";
import { Composer } from "./composer";
import { EndSheet } from "./endsheet";
import { Ending } from "./ending";
import { Head } from "./head";
import { HolderStrip } from "./holder";
import { Log } from "./log";

/** The whole panel. `close` hides it on the host page. */
export function Panel({ session, close }: { session: Session; close: () => void }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [draft, setDraft] = useState("");
  const [asking, setAsking] = useState(false);
  useEffect(() => session.watch(() => redraw(undefined)), [session]);
  useEffect(() => closeOnEscape(close), [close]);
  const { state } = session;
  const ended = state.holding.holder === "nobody";
  return (
    <div class={state.full ? "widget is-full" : "widget"}>
      <Head session={session} close={close} askToEnd={() => setAsking(true)} />
      {state.phase === "unavailable" ? (
        <div class="state"><Icon name="alert" /><h2>The chat cannot open</h2><p>{state.problem}</p></div>
      ) : (
        <>
          <HolderStrip session={session} />
          <Banner link={state.link} retryAt={state.retryAt} notice={state.notice} />
          <Log session={session} />
          {ended ? <Ending session={session} /> : <Composer session={session} draft={draft} setDraft={setDraft} />}
        </>
      )}
      <p class="sr-only" role="status">{spokenStatus(state)}</p>
      {asking && <EndSheet end={session.finish} done={() => setAsking(false)} />}
    </div>
  );
}

function closeOnEscape(close: () => void): () => void {
  const pressed = (event: KeyboardEvent): void => {
    // A menu or a sheet takes its own Escape; an input method uses it to drop a candidate.
    const taken = event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]");
    if (event.key === "Escape" && !taken) close();
  };
  addEventListener("keydown", pressed);
  return () => removeEventListener("keydown", pressed);
}
