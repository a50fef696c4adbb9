// One conversation in a list.

import { Component, type JSX } from "preact";
import { Icon } from "../../shared/icons";
import type { Row } from "../../shared/protocol";
import { type Slot, slotKey } from "../pure/order";
import { type Wait, wait } from "../pure/wait";
import { useNow, useSession, when } from "./hooks";
import { ReasonChip, short } from "./kinds";

const MOST_CHIPS = 3;

interface Props {
  slot: Slot;
  current: boolean;
  me: string;
}

/** Hundreds of rows stand in the lists: only those that changed are drawn again. */
export class Conv extends Component<Props> {
  override shouldComponentUpdate({ slot, current, me }: Props): boolean {
    const { slot: old } = this.props;
    return slot.row !== old.row || slot.gone !== old.gone || current !== this.props.current || me !== this.props.me;
  }

  override render(): JSX.Element {
    return <Inside {...this.props} />;
  }
}

function Inside({ slot, current, me }: Props): JSX.Element {
  const session = useSession();
  const { row, gone, section } = slot;
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    session.open(row.id);
  };
  return (
    <a class={`conv ${gone ? "is-gone" : ""}`} href={`?c=${row.id}`} data-key={slotKey(slot)} data-id={row.id}
      aria-current={current ? "true" : undefined} onClick={open}>
      <span class="conv-name">
        {section === "queue" && row.priority !== null && <Priority priority={row.priority} />}
        {section === "watch" && row.risk !== null && <Risk risk={row.risk} />}
        <span class="clip">{row.customer}</span>
      </span>
      {gone ? <span class="small">no longer here</span> : <Waiting row={row} me={me} />}
      <span class="conv-text clip">{row.last_author === "agent" && `${answerer(row, me)}: `}{row.last_text}</span>
      {row.chips.length > 0 && section !== "mine" && (
        <span class="conv-chips">{row.chips.slice(0, MOST_CHIPS).map((chip) => <ReasonChip key={chip.text} chip={chip} />)}</span>
      )}
    </a>
  );
}

function Priority({ priority }: { priority: number }): JSX.Element {
  return <span class={`badge ${priority <= 2 ? `badge-p${priority}` : ""}`}><span class="sr-only">Priority </span>P{priority}</span>;
}

function Risk({ risk }: { risk: number }): JSX.Element {
  return <span class="risk" style={{ "--risk": `${risk}%` }}><span class="sr-only">Risk </span>{risk}</span>;
}

function answerer(row: Row, me: string): string {
  if (row.agent === null) return "Person";
  return row.agent === me ? "You" : short(row.agent);
}

function Waiting({ row, me }: { row: Row; me: string }): JSX.Element {
  const waits = wait(row, useNow());
  if (waits) return <WaitLabel waits={waits} />;
  const who = { agent: `${answerer(row, me)}, `, bot: "Bot, ", customer: "", system: "" }[row.last_author];
  return <span class="small muted num">{who}{when(row.last_at)}</span>;
}

/** Clock, clock with "due in", or triangle with "late". */
export function WaitLabel({ waits }: { waits: Wait }): JSX.Element {
  const css = { clock: "", soon: "sla-soon", late: "sla-late" }[waits.state];
  return (
    <span class={`sla ${css}`}>
      <Icon name={waits.state === "late" ? "alert" : "clock"} />
      <span class="sr-only">{waits.spoken}</span>
      <span aria-hidden="true">{waits.text}</span>
    </span>
  );
}
