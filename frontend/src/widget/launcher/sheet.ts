// The launcher's look, as a constructable style sheet: a strict CSP of the host page blocks <style> and style attributes.
// Sizes are px, because the host page decides what a rem is. `!important` on :host beats the page's own rules.

const LIGHT_BRAND = "#0b6b57";

/** The sheet for a brand colour (#rrggbb, checked by the caller) and the text colour that reads on it. */
export function launcherSheet(brand: string | null, onBrand: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES.replaceAll("BRAND", brand ?? LIGHT_BRAND).replaceAll("TEXT", onBrand));
  return sheet;
}

const RULES = `
:host { all: initial !important; position: fixed !important; z-index: 2147483000 !important; inset: auto 24px 24px auto !important;
  display: block !important; color-scheme: light dark !important; pointer-events: none !important; }
:host(:dir(rtl)) { inset: auto auto 24px 24px !important; }
:host > * { pointer-events: auto; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.frame { position: absolute; inset-inline-end: 0; bottom: 68px; display: block; width: 380px; height: 640px; max-width: calc(100vw - 48px); max-height: calc(100vh - 116px); max-height: calc(100dvh - 116px);
  border: 0; border-radius: 16px; background: light-dark(#ffffff, #161b19);
  box-shadow: 0 12px 40px light-dark(rgb(16 32 24 / .20), rgb(0 0 0 / .65)), 0 0 0 1px light-dark(rgb(16 32 24 / .08), rgb(255 255 255 / .10));
  animation: rise 180ms cubic-bezier(.2, .7, .2, 1); }
@keyframes rise { from { opacity: 0; translate: 0 8px; } }
.launcher { position: relative; display: grid; place-items: center; width: 56px; height: 56px; margin: 0; padding: 0;
  border: 1px solid transparent; border-radius: 50%; background: BRAND; color: TEXT; cursor: pointer;
  box-shadow: 0 2px 8px light-dark(rgb(16 32 24 / .18), rgb(0 0 0 / .5)), 0 0 0 1px light-dark(rgb(16 32 24 / .06), rgb(255 255 255 / .16)); }
.launcher:hover { filter: brightness(1.08); }
.launcher:focus-visible { outline: 3px solid light-dark(#1357c4, #8dbaff); outline-offset: 3px; box-shadow: 0 0 0 3px light-dark(#fff, #0f1311); }
.launcher svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.badge { position: absolute; top: -4px; inset-inline-end: -4px; display: grid; place-items: center; min-width: 22px; height: 22px; padding: 0 6px;
  border-radius: 11px; background: light-dark(#b3261e, #ff8b80); color: light-dark(#fff, #2c0906); box-shadow: 0 0 0 2px light-dark(#fff, #161b19);
  font: 600 12px/1 system-ui, sans-serif; }
@media (width < 480px) {
  :host { inset: auto 16px 16px auto !important; }
  :host(:dir(rtl)) { inset: auto auto 16px 16px !important; }
  .frame { position: fixed; inset: 0; width: 100vw; max-width: none; height: 100vh; height: 100dvh; max-height: none; border-radius: 0; box-shadow: none; }
  .frame:not([hidden]) + .launcher { display: none; }
}
@media (prefers-reduced-motion: reduce) { .frame { animation: none; } }
@media (forced-colors: active) { .frame, .launcher, .badge { border: 1px solid ButtonText; } }
`;
