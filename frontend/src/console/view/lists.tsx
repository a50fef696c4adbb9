// Mine, the queue, and what the bot holds.

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { SECTIONS, type Section, type Slot, slotKey } from "../pure/order";
import type { Tab } from "../state/model";
import { useSession } from "./hooks";
import { Conv } from "./row";
import { Skeleton } from "./states";

const NAMES: Record<Section, { title: string; order: string; none: string }> = {
  mine: { title: "Mine", order: "oldest unanswered first", none: "You hold no conversation." },
  queue: { title: "Queue", order: "by priority, then age", none: "Nobody waits." },
  watch: { title: "Watch", order: "by risk", none: "The bot holds no conversation." },
};
const TABS: readonly Tab[] = ["all", ...SECTIONS];

export function ListsPane(): JSX.Element {
  const session = useSession();
  const { lists, tab } = session.state;
  const scroll = useRef<HTMLDivElement>(null);
  const hold = useHold(scroll);
  return (
    <nav class="lists" aria-label="Conversation lists">
      <fieldset class="tabs" aria-label="Which list">
        {TABS.map((name) => (
          <button type="button" key={name} class="tab" aria-pressed={tab === name} onClick={() => session.tab(name)}>
            {name === "all" ? "All" : NAMES[name].title}
            {name !== "all" && <span class="badge badge-count">{lists ? lists[name].length : "–"}</span>}
          </button>
        ))}
      </fieldset>
      <div class="lists-scroll" ref={scroll} {...hold}>
        {lists
          ? SECTIONS.filter((name) => tab === "all" || tab === name).map((name) => <Part key={name} section={name} />)
          : <Skeleton rows={5} label="Loading the lists" />}
      </div>
    </nav>
  );
}

function Part({ section }: { section: Section }): JSX.Element {
  const session = useSession();
  const { shown, available, opened, me } = session.state;
  const slots = shown.slots.filter((slot: Slot) => slot.section === section);
  const { title, order, none } = NAMES[section];
  const newer = shown.waiting[section];
  return (
    <section aria-labelledby={`list-${section}`}>
      <div class="list-head">
        <h2 class="overline" id={`list-${section}`}>{title}</h2>
        {newer > 0 ? (
          <button type="button" class="button push" onClick={() => session.dispatch({ do: "settle" })}>{newer} new</button>
        ) : (
          <span class="small muted push">{order}</span>
        )}
      </div>
      {slots.length === 0 && newer === 0 ? (
        <p class="list-none">{none}{section === "queue" && ` ${people(available)}`}</p>
      ) : (
        <ul>{slots.map((slot) => <li key={slotKey(slot)}><Conv slot={slot} current={opened?.id === slot.row.id} me={me?.name ?? ""} /></li>)}</ul>
      )}
    </section>
  );
}

function people(available: number): string {
  return available === 1 ? "1 person is available." : `${available} people are available.`;
}

interface Hold {
  onFocusIn: () => void;
  onFocusOut: () => void;
  onPointerOver: () => void;
  onPointerLeave: () => void;
}

/** The lowest row under the pointer or the focus keeps its place; when both have left, the order settles. */
function useHold(scroll: { current: HTMLDivElement | null }): Hold {
  const session = useSession();
  const look = (): void => {
    const held = [...(scroll.current?.querySelectorAll<HTMLElement>(".conv:hover, .conv:focus") ?? [])];
    const anchor = held.at(-1)?.dataset.key ?? null;
    if (anchor !== session.state.anchor) session.dispatch({ do: "hold", anchor });
  };
  // The browser moves the focus, and :hover, only after these events.
  const soon = (): void => void setTimeout(look, 0);
  return { onFocusIn: soon, onFocusOut: soon, onPointerOver: soon, onPointerLeave: soon };
}
