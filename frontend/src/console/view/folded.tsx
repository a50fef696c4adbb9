// A list that shows its first items, and the rest on a click.

import type { JSX } from "preact";
import { useState } from "preact/hooks";

interface Props<T> {
  items: readonly T[];
  atOnce: number;
  css: string;
  draw: (item: T) => JSX.Element;
}

export function Folded<T>({ items, atOnce, css, draw }: Props<T>): JSX.Element {
  const [open, setOpen] = useState(false);
  const rest = items.length - atOnce;
  const shown = open || rest <= 1 ? items : items.slice(0, atOnce);
  return (
    <>
      <ul class={css}>{shown.map(draw)}</ul>
      {rest > 1 && <button type="button" class="more" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? "Show fewer" : `${rest} more`}</button>}
    </>
  );
}
