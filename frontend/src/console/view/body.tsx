// A message's text with its evidence underlined and numbered. Text stays text.

import { type ComponentChildren, Fragment, type JSX } from "preact";
import type { Reason } from "../../shared/protocol";
import { cut, type Piece, type Span, spansIn } from "../pure/evidence";
import { evidenceId, jumpTo, reasonId } from "./jump";
import { KINDS } from "./kinds";

export function Body({ text, seq, reasons }: { text: string; seq: number; reasons: readonly Reason[] }): JSX.Element {
  const begun = new Set<string>();
  return (
    <div class="bubble">
      {cut(text, spansIn(reasons, seq)).map((piece, index) => (
        <Fragment key={index}>
          {marked(piece, begun)}
          {piece.ends.map((span) => <Ref key={`${span.number}-${span.index}`} span={span} />)}
        </Fragment>
      ))}
    </div>
  );
}

/** Nested marks, the lowest reason innermost and so on top. Each piece of evidence is a target where it begins. */
function marked(piece: Piece, begun: Set<string>): ComponentChildren {
  return piece.spans.reduce<ComponentChildren>((inner, span) => {
    const id = evidenceId(span.number, span.index);
    const first = !begun.has(id);
    begun.add(id);
    return <mark class={`ring ${KINDS[span.kind].css}`} id={first ? id : undefined} tabIndex={-1}>{inner}</mark>;
  }, piece.text);
}

function Ref({ span }: { span: Span }): JSX.Element {
  return (
    <button type="button" class={`ref ${KINDS[span.kind].css}`} aria-label={`Reason ${span.number}`} onClick={() => jumpTo(reasonId(span.number))}>
      {span.number}
    </button>
  );
}
