// The handoff card: why a person is needed, and everything known, each sentence with its messages.

import type { JSX } from "preact";
import { Icon, type IconName } from "../../shared/icons";
import type { Case, Slot, Sourced, Tried } from "../../shared/protocol";
import { Folded } from "./folded";
import { Sources } from "./sources";
import { Skeleton } from "./states";
import { WhyPart } from "./why";

const TRIED_AT_ONCE = 4;

export function Card({ found, empty }: { found: Case | null; empty: boolean }): JSX.Element {
  return (
    <section class="handoff" aria-label="Handoff card" id="card">
      <div class="handoff-scroll" tabIndex={0}>
        {found ? <Parts found={found} /> : <NoCase empty={empty} />}
      </div>
    </section>
  );
}

function NoCase({ empty }: { empty: boolean }): JSX.Element {
  return empty ? <p class="muted">Reasons, goal and what the bot tried appear here.</p> : <Skeleton rows={4} label="Loading the card" />;
}

function Parts({ found }: { found: Case }): JSX.Element {
  return (
    <>
      <WhyPart found={found} />
      {found.goal && (
        <section aria-labelledby="h-goal">
          <h3 id="h-goal">Goal</h3>
          <p class="goal">{found.goal.text}<Sources sources={found.goal.sources} /></p>
        </section>
      )}
      {found.tried.length > 0 && <TriedPart tried={found.tried} />}
      {found.slots.length > 0 && <Slots slots={found.slots} />}
      {found.points.length > 0 && <Summary points={found.points} />}
    </>
  );
}

const OUTCOMES: Record<string, { icon: IconName; css: string; said: string }> = {
  ok: { icon: "check", css: "is-good", said: "worked: " },
  failed: { icon: "alert", css: "is-failed", said: "failed: " },
  fallback: { icon: "x", css: "", said: "not understood: " },
  repeated: { icon: "handback", css: "", said: "repeated: " },
};

function TriedPart({ tried }: { tried: readonly Tried[] }): JSX.Element {
  return (
    <section aria-labelledby="h-tried">
      <h3 id="h-tried">The bot tried</h3>
      <Folded css="tried" items={tried} atOnce={TRIED_AT_ONCE} draw={(item) => {
        const { icon, css, said } = OUTCOMES[item.outcome] ?? { icon: "flat" as const, css: "", said: "" };
        return (
          <li key={`${item.text}${item.sources.join()}`}>
            <span class={css}><Icon name={icon} small /><span class="sr-only">{said}</span></span>
            <span>{item.text}<Sources sources={item.sources} /></span>
          </li>
        );
      }} />
    </section>
  );
}

function Slots({ slots }: { slots: readonly Slot[] }): JSX.Element {
  return (
    <section aria-labelledby="h-slots">
      <h3 id="h-slots">Slots</h3>
      <dl class="slots">
        {slots.map((slot) => [<dt key={slot.name}>{slot.name.replaceAll("_", " ")}</dt>, <dd key={`${slot.name}=`}>{slot.value}</dd>])}
      </dl>
    </section>
  );
}

function Summary({ points }: { points: readonly Sourced[] }): JSX.Element {
  return (
    <section aria-labelledby="h-summary">
      <h3 id="h-summary">Summary</h3>
      <ul class="points">{points.map((point) => <li key={point.text}>{point.text}<Sources sources={point.sources} /></li>)}</ul>
    </section>
  );
}
