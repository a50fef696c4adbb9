// Above the log: who the customer is, who holds the conversation, how the mood went.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Case, Score } from "../../shared/protocol";
import { segments } from "../pure/track";
import type { Session } from "../session";
import { useNow, useSession } from "./hooks";
import { HOLDERS, initials } from "./kinds";

export function Head({ found }: { found: Case }): JSX.Element {
  const session = useSession();
  const why = found.why;
  const toCard = (): void => document.getElementById("card")?.scrollIntoView();
  return (
    <div class="talk-head">
      <div class="row">
        <button type="button" class="button button-quiet button-icon narrow-only" aria-label="Back to the lists" onClick={() => leave(session)}>
          <Icon name="back" />
        </button>
        <span class="avatar" aria-hidden="true">{initials(found.customer)}</span>
        <div class="talk-who">
          <h2 class="clip">{found.customer}</h2>
          <p class="small muted clip">{found.inbox}</p>
        </div>
        <div class="talk-side">
          {found.scores.length > 1 && <MoodLine scores={found.scores} />}
          <button type="button" class="button narrow-only" onClick={toCard}>{why ? "Why" : "Card"}</button>
        </div>
      </div>
      <Track found={found} />
    </div>
  );
}

/** Back to the lists, at the row that was left. */
function leave(session: Session): void {
  const id = session.state.opened?.id ?? "";
  session.close();
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`.conv[data-id="${CSS.escape(id)}"]`)?.focus());
}

function Track({ found }: { found: Case }): JSX.Element {
  const me = useSession().state.me?.name ?? "";
  const parts = segments(found, me, useNow());
  const track = useRef<HTMLOListElement>(null);
  // Where not all of it fits, the present holder is what must be seen.
  useLayoutEffect(() => {
    if (track.current) track.current.scrollLeft = track.current.scrollWidth;
  }, [found.id, found.holder, parts.length]);
  return (
    <ol class="track" aria-label="Holders so far" ref={track}>
      {parts.map((part, index) => {
        const { css, icon } = HOLDERS[part.holder];
        return (
          <li key={index} class={`${css} ${part.now ? "is-now" : ""}`} style={{ "--share": part.share }} aria-current={part.now ? "true" : undefined}>
            <Icon name={icon} small />
            {part.label}
          </li>
        );
      })}
      {found.holder === "nobody" && <li class="is-nobody is-now"><Icon name="check" small />Closed</li>}
    </ol>
  );
}

const WIDE = 60;
const HIGH = 16;

/** The mood of each message from left to right, from pleased (top) to upset (bottom). */
function MoodLine({ scores }: { scores: readonly Score[] }): JSX.Element {
  const spots = scores.map((score, index) => ({
    x: 2 + (index / (scores.length - 1)) * WIDE,
    y: 10 - (score.sentiment * HIGH) / 2,
  }));
  const end = spots.at(-1);
  return (
    <span class="row small muted mood-line">
      Mood
      <svg class="spark" viewBox="0 0 64 20" role="img" aria-label={`Mood: ${scores.map((score) => score.mood).join(", ")}`}>
        <path class="zero" d="M0 10H64" />
        <path d={`M${spots.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`} />
        <circle class="end" cx={end?.x} cy={end?.y} r="3" />
      </svg>
    </span>
  );
}
