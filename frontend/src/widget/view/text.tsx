// Text is text. Only whole http(s) addresses become links, and a link shows the address it goes to.

import type { ComponentChildren } from "preact";

const ADDRESS = /https?:\/\/[^\s<>"]+/g;
const TRAILING = /[.,;:!?'’”)\]}]+$/;

/** A part of a text: plain, or an address that may be opened. */
export interface Part {
  text: string;
  href: string | null;
}

/** Split a text at its addresses. An address with a user name in it stays plain: it pretends to be another site. */
export function parts(body: string): Part[] {
  const found: Part[] = [];
  let from = 0;
  for (const match of body.matchAll(ADDRESS)) {
    const text = match[0].replace(TRAILING, "");
    const href = safeAddress(text);
    if (!href) continue;
    if (match.index > from) found.push({ text: body.slice(from, match.index), href: null });
    found.push({ text, href });
    from = match.index + text.length;
  }
  if (from < body.length) found.push({ text: body.slice(from), href: null });
  return found;
}

/** The body of a message as nodes. */
export function Text({ body }: { body: string }): ComponentChildren {
  return parts(body).map(({ text, href }) =>
    href ? <a href={href} target="_blank" rel="noopener noreferrer">{text}</a> : text,
  );
}

function safeAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, hostname, href } = new URL(text);
  const plain = (protocol === "https:" || protocol === "http:") && hostname && !username && !password;
  return plain ? href : null;
}
