// The brand colour of an inbox: the one colour that comes from outside, so it is checked before use.

const HEX = /^#[0-9a-f]{6}$/i;
const WHITE = "#ffffff";
const INK = "#101412";

/** The colour in lower case when it is #rrggbb, else null. Nothing else may reach a style sheet. */
export function hexColour(text: string | null | undefined): string | null {
  return text && HEX.test(text) ? text.toLowerCase() : null;
}

/** White or ink, whichever reads better on the colour. */
export function textOn(hex: string): string {
  return contrast(hex, WHITE) >= contrast(hex, INK) ? WHITE : INK;
}

/** Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance"). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(hex: string): number {
  const channel = (from: number): number => {
    const share = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
