// The small numbers that lead from a sentence to its messages.

import { Fragment, type JSX } from "preact";
import { jumpTo, messageId } from "./jump";

export function Source({ seq }: { seq: number }): JSX.Element {
  return (
    <button type="button" class="src" aria-label={`Message ${seq}`} onClick={() => jumpTo(messageId(seq))}>{seq}</button>
  );
}

export function Sources({ sources }: { sources: readonly number[] }): JSX.Element {
  return <>{sources.map((seq) => <Fragment key={seq}> <Source seq={seq} /></Fragment>)}</>;
}
