// Whether a text fits before it is sent: what is too long stays in the composer, where it can be shortened.

import { MAX_FRAME } from "../shared/protocol";

/** Bytes that a frame needs around the body. */
const AROUND_BYTES = 512;

/** How long a text is, as the service counts: in characters, not in UTF-16 units. */
export function lengthOf(body: string): number {
  return [...body].length;
}

/** By how many characters a text is too long; 0 when it fits. Rare scripts can fill a frame before the character limit. */
export function excess(body: string, most: number): number {
  const over = Math.max(0, lengthOf(body) - most);
  if (over) return over;
  const bytes = new TextEncoder().encode(JSON.stringify(body)).length;
  const room = MAX_FRAME - AROUND_BYTES;
  return bytes <= room ? 0 : Math.ceil((bytes - room) / 4);
}
