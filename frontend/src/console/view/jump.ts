// Going from a number to what it stands for: scroll there and ring it. The focus does both, and Tab goes on from there.

/** Scroll to the element with this id and focus it. Returns false when it is not on screen. */
export function jumpTo(id: string): boolean {
  const target = document.getElementById(id);
  if (!target) return false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  target.focus({ preventScroll: true });
  return true;
}

export const messageId = (seq: number): string => `m${seq}`;
export const evidenceId = (reason: number, index: number): string => `e${reason}-${index}`;
export const reasonId = (reason: number): string => `why-${reason}`;
