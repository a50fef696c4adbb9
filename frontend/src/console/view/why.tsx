// Why a person: the waterfall from a usual chat to this one's score. Each reason leads to its words in the log.

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Case, Reason, Why } from "../../shared/protocol";
import { points, signed, type Step, type Waterfall, waterfall } from "../pure/waterfall";
import { when } from "./hooks";
import { evidenceId, jumpTo, messageId, reasonId } from "./jump";
import { KINDS } from "./kinds";
import { Source } from "./sources";

const AT_ONCE = 6;
const STATES: Record<Why["state"], string> = {
  waiting: "",
  assigned: "",
  handed_back: "Handed back since; what counted until then cannot escalate again.",
  resolved: "Resolved since.",
  abandoned: "The customer left the queue.",
  expired: "Nobody came in time.",
};

export function WhyPart({ found }: { found: Case }): JSX.Element {
  const { why } = found;
  if (!why) return <NotEscalated found={found} />;
  const fall = waterfall(why);
  return (
    <section aria-labelledby="h-why">
      <div class="why-head">
        <h2 id="h-why">{why.taken_over ? "Taken over" : "Why a person"}</h2>
        {fall && (
          <span class="push row">
            <span class="figure">{(fall.score / 100).toFixed(2)}</span>
            {fall.threshold !== null && <Limit score={fall.score} threshold={fall.threshold} />}
          </span>
        )}
      </div>
      {fall ? <Fall fall={fall} /> : <Plain why={why} />}
      <p class="small muted">{foot(why)}</p>
    </section>
  );
}

function Limit({ score, threshold }: { score: number; threshold: number }): JSX.Element {
  return <span class="muted num">{score >= threshold ? "≥" : "<"} {(threshold / 100).toFixed(2)}</span>;
}

/** Which reasons are enough alone, what became of the handoff, which policy decided. */
function foot(why: Why): string {
  const hard = why.reasons.filter((reason) => reason.hard).map((reason) => reason.number);
  const alone = hard.length === 0 ? "" : hard.length === 1 ? `${hard[0]} escalates alone (hard rule).` : `${hard.join(" and ")} would each escalate alone (hard rules).`;
  return [alone, STATES[why.state], `Policy\u00a0${why.policy}.`].filter(Boolean).join(" ");
}

function NotEscalated({ found }: { found: Case }): JSX.Element {
  const last = found.scores.at(-1);
  return (
    <section aria-labelledby="h-why">
      <div class="why-head">
        <h2 id="h-why">Not escalated</h2>
        {last && <span class="figure push">{last.probability.toFixed(2)}</span>}
      </div>
      <p class="muted">
        {last ? <>The score of the last message <Source seq={last.seq} />. Below the threshold the bot goes on.</> : "No message has been judged yet."}
      </p>
    </section>
  );
}

/** A handoff without a score: a take-over, or the bot was down. */
function Plain({ why }: { why: Why }): JSX.Element {
  return (
    <>
      {why.taken_over && <p>A person stepped in unasked at {when(why.enqueued_at)}, after message <Source seq={why.seq} />.</p>}
      {why.reasons.length > 0 && <div class="fall">{why.reasons.map((reason) => <Bar key={reason.number} step={{ reason, from: 0, to: 0 }} bare />)}</div>}
    </>
  );
}

function Fall({ fall }: { fall: Waterfall }): JSX.Element {
  const [open, setOpen] = useState(false);
  const folds = !open && fall.steps.length > AT_ONCE;
  const shown = folds ? fall.steps.slice(0, AT_ONCE - 1) : fall.steps;
  const hidden = fall.steps.slice(shown.length);
  const sum = hidden.reduce((total, step) => total + step.reason.share, 0);
  return (
    <div class="fall">
      {fall.threshold !== null && <div class="fall-line" style={{ "--at": fall.threshold }} aria-hidden="true"><span>{(fall.threshold / 100).toFixed(2)}</span></div>}
      <Total label="Usual chat here" value={fall.base} css="muted" />
      {shown.map((step) => <Bar key={step.reason.number} step={step} />)}
      {hidden.length > 0 && (
        <button type="button" class="fall-row" onClick={() => setOpen(true)}>
          <span /><span>{hidden.length} more</span><span class="num">{signed(sum)}</span><Piece from={hidden[0]?.from ?? 0} to={hidden.at(-1)?.to ?? 0} />
        </button>
      )}
      {fall.rest !== 0 && (
        <div class="fall-row">
          <span /><span class="muted clip">All else</span><span class="num">{signed(fall.rest / 100)}</span><Piece from={fall.score - fall.rest} to={fall.score} />
        </div>
      )}
      <Total label="Score" value={fall.score} css="" total />
    </div>
  );
}

function Total({ label, value, css, total }: { label: string; value: number; css: string; total?: boolean }): JSX.Element {
  return (
    <div class={`fall-row ${total ? "fall-total" : ""}`}>
      <span /><span class={css}>{label}</span><span class="num">{points(value / 100)}</span><Piece from={0} to={value} />
    </div>
  );
}

function Bar({ step, bare }: { step: Step; bare?: boolean }): JSX.Element {
  const { reason } = step;
  const toEvidence = useEvidence(reason);
  return (
    <button type="button" class={`fall-row ring ${KINDS[reason.kind].css}`} id={reasonId(reason.number)} title={reason.label} onClick={toEvidence}>
      <span class="ref" aria-hidden="true">{reason.number}</span>
      <span class="fall-label"><span class="sr-only">Reason {reason.number}: </span>{reason.label}</span>
      <span class="num">{bare ? "" : signed(reason.share)}</span>
      {!bare && <Piece from={step.from} to={step.to} />}
    </button>
  );
}

/** Each click leads to the next piece of evidence; without a marked phrase on screen, to its message. */
function useEvidence(reason: Reason): () => void {
  const turn = useRef(0);
  return () => {
    const { evidence, number } = reason;
    const index = turn.current % Math.max(evidence.length, 1);
    const found = evidence[index];
    turn.current += 1;
    if (found && !jumpTo(evidenceId(number, index))) jumpTo(messageId(found.seq));
  };
}

/** From `from` to `to`; hatched when it lowers the score. */
function Piece({ from, to }: { from: number; to: number }): JSX.Element {
  return (
    <span class="fall-bar" aria-hidden="true">
      <i class={to < from ? "is-less" : ""} style={{ "--from": Math.min(from, to), "--by": Math.abs(to - from) }} />
    </span>
  );
}
