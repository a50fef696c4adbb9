// One line of the log, by who wrote it.

import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../../shared/icons";
import { progress } from "../../shared/progress";
import type { BotTurn, Case, Line } from "../../shared/protocol";
import { understood } from "../pure/understanding";
import type { Written } from "../state/outboxes";
import { Body } from "./body";
import { useSession, when } from "./hooks";
import { messageId } from "./jump";
import { initials, Mood, ReasonChip, short } from "./kinds";
import { Source } from "./sources";

interface Props {
  line: Line;
  found: Case | null;
  turn: BotTurn | null;
}

export function Message(props: Props): JSX.Element {
  switch (props.line.author) {
    case "system":
      return <SystemLine line={props.line} />;
    case "agent":
      return <AgentLine line={props.line} />;
    case "bot":
      return <BotLine {...props} />;
    case "customer":
      return <CustomerLine {...props} />;
  }
}

function CustomerLine({ line, found, turn }: Props): JSX.Element {
  const reasons = found?.why?.reasons ?? [];
  return (
    <li class="msg ring" id={messageId(line.seq)} tabIndex={-1}>
      <span class="avatar avatar-s" aria-hidden="true">{initials(line.name)}</span>
      <Meta line={line} name={short(line.name)}>
        <Judged line={line} found={found} />
        {turn && <Understood turn={turn} lead="bot: " />}
      </Meta>
      <Body text={line.body} seq={line.seq} reasons={reasons} />
    </li>
  );
}

/** Score with the threshold as a tick, mood, signals. */
function Judged({ line, found }: Pick<Props, "line" | "found">): JSX.Element | null {
  const score = found?.scores.find((judged) => judged.seq === line.seq);
  if (!score) return null;
  const why = found?.why;
  const threshold = why?.threshold ?? null;
  const over = threshold !== null && score.probability >= threshold;
  return (
    <div class="score">
      <span class={`meter ${over ? "is-over" : ""}`} style={{ "--v": `${score.probability * 100}%` }} aria-hidden="true">
        <i />
        {threshold !== null && <u style={{ "--tick": `${threshold * 100}%` }} />}
      </span>
      <span><span class="sr-only">score </span>{score.probability.toFixed(2)}</span>
      <Mood mood={score.mood} sentiment={score.sentiment} />
      {score.chips.map((chip) => <ReasonChip key={chip.text} chip={chip} />)}
      {why?.seq === line.seq && !why.taken_over && <b>escalated</b>}
    </div>
  );
}

function BotLine({ line, found, turn }: Props): JSX.Element {
  return (
    <li class="msg msg-bot ring" id={messageId(line.seq)} tabIndex={-1}>
      <span class="avatar avatar-bot avatar-s" aria-hidden="true"><Icon name="bot" /></span>
      <Meta line={line} name={line.name} kind="bot">{turn && <div class="score"><Understood turn={turn} /></div>}</Meta>
      <Body text={line.body} seq={line.seq} reasons={found?.why?.reasons ?? []} />
      {line.buttons.length > 0 && (
        <div class="quick">
          <span class="sr-only">Offered as buttons:</span>
          {line.buttons.map((button) => <span key={button.title}>{button.title}</span>)}
        </div>
      )}
    </li>
  );
}

function Understood({ turn, lead = "" }: { turn: BotTurn; lead?: string }): JSX.Element {
  const failed = turn.fallback || turn.failures.length > 0;
  return <span class={`mono ${failed ? "understood-fallback" : ""}`}>{lead}{understood(turn)}</span>;
}

function AgentLine({ line }: { line: Line }): JSX.Element {
  const own = useSession().state.me?.name === line.name;
  return (
    <li class="msg msg-own ring" id={messageId(line.seq)} tabIndex={-1}>
      <Meta line={line} name={own ? "You" : line.name} kind={own ? "" : "person"} />
      <div class="bubble">{line.body}</div>
    </li>
  );
}

interface MetaProps {
  line: Line;
  name: string;
  kind?: string;
  children?: ComponentChildren;
}

function Meta({ line, name, kind = "", children }: MetaProps): JSX.Element {
  return (
    <div class="msg-meta">
      <b>{name}</b>
      {kind && <span>{kind}</span>}
      <time class="num" dateTime={line.at}>{when(line.at)}</time>
      <Source seq={line.seq} />
      {children}
    </div>
  );
}

const EVENTS: Record<string, IconName> = { escalated: "queue", requeued: "queue", joined: "person", handed_back: "handback", resolved: "check", finished: "check" };

/** What the customer was told, word for word. */
function SystemLine({ line }: { line: Line }): JSX.Element {
  return (
    <li class="line ring" id={messageId(line.seq)} tabIndex={-1}>
      <span>
        <Icon name={EVENTS[line.event] ?? "clock"} small /> <time class="num" dateTime={line.at}>{when(line.at)}</time> · {line.body}
      </span>
    </li>
  );
}

/** A text on its way, or one that the service refused. `before`: the unsent ones that were written earlier. */
export function UnsentMessage({ text, before }: { text: Written; before: readonly Written[] }): JSX.Element {
  const session = useSession();
  const failed = text.status === "refused";
  return (
    <li class={`msg msg-own ${failed ? "msg-failed" : "msg-pending"}`}>
      <div class="bubble">{text.body}</div>
      <div class="msg-state">
        <Icon name={failed ? "alert" : "clock"} small />
        {progress(text, before, session.state.link === "open")}
        {failed && <button type="button" class="button button-quiet" onClick={() => session.again(text)}>Try again</button>}
        {failed && <button type="button" class="button button-quiet" onClick={() => session.takeBack(text)}>Back into the box</button>}
      </div>
    </li>
  );
}
