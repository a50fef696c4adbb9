// The conversation. The scroller is turned upside down (column-reverse), so the newest line is in view without a script.

import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Session } from "../session";
import type { State } from "../state/model";
import { newestOwn, quickReplies, waitingLine } from "../state/reading";
import { BotAvatar } from "./avatar";
import { focusOnward } from "./focus";
import { delivered, deliveryOf, OwnLine, TheirLine } from "./line";

/** Scrolled up further than this, the customer is reading; nothing moves then. */
const READING_PX = 24;

export function Log({ session }: { session: Session }) {
  const { state } = session;
  const scroller = useRef<HTMLDivElement>(null);
  const { missed, onScroll, toEnd } = usePosition(scroller, state);
  return (
    <div class="w-middle">
      <div ref={scroller} id="messages" class="w-log" role="region" aria-label="Messages" tabIndex={0} onScroll={onScroll}>
        <div class="w-talk">
          <Lines session={session} />
          {state.typing && <Typing bot={state.bot} />}
          <QuickReplies session={session} />
        </div>
      </div>
      {missed > 0 && <button type="button" class="button w-new" onClick={toEnd}>{missed} new<Icon name="down" small /></button>}
    </div>
  );
}

function Lines({ session }: { session: Session }) {
  const { state } = session;
  const waiting = waitingLine(state);
  const again = (clientId: string): void => {
    session.again(clientId);
    focusOnward(state.full);
  };
  const newest = state.unsent.length ? 0 : newestOwn(state.lines);
  return (
    <div role="log" aria-label="Conversation" aria-relevant="additions" aria-busy={state.reading}>
      <ol class="log">
        {/* One list: a key keeps its node only among its siblings. */}
        {[
          ...state.lines.map((line) =>
            line.author === "customer" ? (
              <OwnLine key={line.client_id || line.seq} body={line.body} state={delivered(line.seq === newest)} again={() => {}} />
            ) : (
              <TheirLine key={line.seq} line={line} waiting={line.seq === waiting ? state.holding : null} />
            ),
          ),
          ...state.unsent.map((item, index, all) => (
            <OwnLine
              key={item.clientId} body={item.body} state={deliveryOf(item, all.slice(0, index), state.link === "open")}
              again={() => again(item.clientId)}
            />
          )),
        ]}
      </ol>
    </div>
  );
}

function Typing({ bot }: { bot: string }) {
  return (
    <div class="msg msg-bot w-typing">
      <BotAvatar />
      <div class="bubble typing" role="img" aria-label={`${bot}, our bot, is answering`}><i /><i /><i /></div>
    </div>
  );
}

function QuickReplies({ session }: { session: Session }) {
  const buttons = quickReplies(session.state);
  if (!buttons.length) return null;
  const press = (title: string, payload: string): void => {
    session.write(title, payload);
    focusOnward(session.state.full);
  };
  return (
    <div class="quick" role="group" aria-label="Suggested answers">
      {buttons.map(({ title, payload }) => (
        <button type="button" class="button" key={title} onClick={() => press(title, payload)}>{title}</button>
      ))}
    </div>
  );
}

/** Keeps the place of a customer who reads further up, and counts what comes in below. */
function usePosition(scroller: RefObject<HTMLDivElement | null>, state: State) {
  const [seen, setSeen] = useState(0);
  const height = useRef(0);
  const theirs = state.lines.filter((line) => line.author !== "customer").length;
  const own = state.lines.length - theirs + state.unsent.length;
  const isReading = (): boolean => (scroller.current?.scrollTop ?? 0) < -READING_PX;
  const toEnd = (): void => {
    scroller.current?.scrollTo({ top: 0 });
    scroller.current?.focus();
    setSeen(theirs);
  };
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // The zero of an upside-down scroller is its end: what grows there would push the text away under the reader's eyes.
    if (isReading()) box.scrollTop -= box.scrollHeight - height.current;
    else setSeen(theirs);
    height.current = box.scrollHeight;
  });
  useLayoutEffect(() => scroller.current?.scrollTo({ top: 0 }), [own]);
  const onScroll = (): void => {
    if (!isReading()) setSeen(theirs);
  };
  return { missed: isReading() ? theirs - seen : 0, onScroll, toEnd };
}
