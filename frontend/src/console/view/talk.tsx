// The middle column.

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isText } from "../pure/keys";
import { Composer } from "./composer";
import { Head } from "./head";
import { useSession } from "./hooks";
import { Log } from "./log";
import { Empty, LogSkeleton } from "./states";

export function Talk(): JSX.Element {
  const session = useSession();
  const { opened } = session.state;
  useArrival();
  // On a phone the lists were scrolled; the conversation begins at its head.
  useEffect(() => window.scrollTo(0, 0), [opened?.id]);
  return (
    <section class="talk" id="talk" tabIndex={-1} aria-label="Conversation">
      {!opened && <Choose />}
      {opened?.missing && (
        <Empty picture="nobody" title="This conversation cannot be opened">
          <p>{opened.missing}</p>
          <button type="button" class="button" onClick={() => session.close()}>Back to the lists</button>
        </Empty>
      )}
      {opened && !opened.missing && !opened.case && <LogSkeleton />}
      {opened?.case && (
        <>
          <Head found={opened.case} />
          <Log opened={opened} />
          <Composer found={opened.case} key={opened.id} />
        </>
      )}
    </section>
  );
}

function Choose(): JSX.Element {
  const { lists, me, singleKeys } = useSession().state;
  if (lists && lists.queue.length === 0 && lists.mine.length === 0) {
    return (
      <Empty picture="nobody" title="Nobody waits">
        <p>{watching(lists.watch.length)}</p>
        {me?.availability === "away" && <p>You are away. You can accept all the same.</p>}
      </Empty>
    );
  }
  return (
    <Empty picture="choose" title="Choose a conversation">
      {singleKeys && <p><kbd class="kbd">J</kbd> and <kbd class="kbd">K</kbd> move through the lists. <kbd class="kbd">A</kbd> accepts the next one in the queue.</p>}
    </Empty>
  );
}

function watching(count: number): string {
  if (count === 0) return "No conversation is open.";
  return count === 1 ? "The bot holds 1 conversation. It is under Watch." : `The bot holds ${count} conversations. The riskiest are first under Watch.`;
}

/** When the holder changes, the button that did it is gone: the focus goes to the box if it is mine now, else to the pane. */
function useArrival(): void {
  const { opened } = useSession().state;
  const holder = opened?.case?.holder;
  const mine = opened?.case?.mine ?? false;
  const before = useRef({ id: opened?.id, holder });
  useEffect(() => {
    const { id, holder: had } = before.current;
    before.current = { id: opened?.id, holder };
    // Still loading is no change: a conversation that opens leaves the focus in the list.
    if (id !== opened?.id || had === undefined || had === holder) return;
    const lost = document.activeElement === document.body || document.activeElement?.id === "talk";
    if (mine && !isText(document.activeElement)) document.getElementById("reply")?.focus();
    else if (lost) document.getElementById("talk")?.focus();
  }, [opened?.id, holder, mine]);
}
