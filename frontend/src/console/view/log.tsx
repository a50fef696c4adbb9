// The log of the open conversation.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { turnsByLine } from "../pure/understanding";
import type { Opened } from "../state/model";
import { useSession } from "./hooks";
import { short } from "./kinds";
import { Message, UnsentMessage } from "./message";
import { LogSkeleton } from "./states";

const NEAR = 80;

export function Log({ opened }: { opened: Opened }): JSX.Element {
  const session = useSession();
  const { lines, case: found } = opened;
  const turns = turnsByLine(lines, found?.turns ?? []);
  const unsent = session.state.unsent.filter((text) => text.conversation === opened.id && !lines.some((line) => line.client_id === text.clientId));
  const { scroll, newer, onScroll, toEnd } = useEnd(opened, unsent.length);
  return (
    <div class="talk-body">
      <div class="talk-log" tabIndex={0} role="log" aria-label={`Messages with ${found?.customer ?? "the customer"}`} aria-busy={!opened.loaded}
        ref={scroll} onScroll={onScroll}>
        {opened.loaded ? (
          <ol class="log">
            {lines.map((line) => <Message key={line.seq} line={line} found={found} turn={turns.get(line.seq) ?? null} />)}
            {unsent.map((text, index) => <UnsentMessage key={text.clientId} text={text} before={unsent.slice(0, index)} />)}
          </ol>
        ) : (
          <LogSkeleton />
        )}
      </div>
      {newer > 0 && (
        <button type="button" class="button newer" onClick={toEnd}>
          {newer} new from {short(found?.customer ?? "the customer")}
        </button>
      )}
    </div>
  );
}

interface End {
  scroll: { current: HTMLDivElement | null };
  newer: number;
  onScroll: () => void;
  toEnd: () => void;
}

/** Whoever reads further up keeps the place and is told how many lines came; at the end the log stays at the end. */
function useEnd(opened: Opened, written: number): End {
  const scroll = useRef<HTMLDivElement>(null);
  const seen = useRef(0);
  const [newer, setNewer] = useState(0);
  const count = opened.lines.filter((line) => line.author === "customer").length;
  const away = (): boolean => (scroll.current ? scroll.current.scrollTop < -NEAR : false);
  const toEnd = (): void => scroll.current?.scrollTo({ top: 0 });
  const look = (): void => {
    if (!away()) seen.current = count;
    setNewer(count - seen.current);
  };
  useEffect(() => {
    seen.current = count;
    setNewer(0);
  }, [opened.id, opened.loaded]);
  useEffect(() => {
    if (!away()) toEnd();
    look();
  }, [count]);
  // What one writes oneself, and a change of the holder, is always seen.
  useEffect(() => toEnd(), [written, opened.case?.holder]);
  return { scroll, newer, onScroll: look, toEnd };
}
