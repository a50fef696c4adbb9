// What a website embeds: <script src="https://service/widget.js" data-inbox="key"></script>. One request, one button;
// the chat itself is loaded when the button is first pressed.

import { Dock } from "./launcher/dock";

declare global {
  interface Window {
    Baton?: { open(): void; close(): void };
  }
}

function embed(script: HTMLScriptElement): void {
  const { inbox, brand } = script.dataset;
  if (!inbox) {
    console.error("Baton: the script tag has no data-inbox.");
    return;
  }
  const dock = new Dock({ service: new URL(script.src).origin, inbox, brand: brand ?? null });
  window.Baton = Object.freeze({ open: dock.open, close: dock.close });
}

// A module script has no currentScript; then its tag is found by its name.
const tag = document.currentScript ?? document.querySelector('script[data-inbox][src$="/widget.js"]');
if (tag instanceof HTMLScriptElement && !window.Baton) {
  if (document.body) embed(tag);
  else addEventListener("DOMContentLoaded", () => embed(tag), { once: true });
}
