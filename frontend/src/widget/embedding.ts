// The panel's side of the bridge: which page frames it, and what passes between them.

import { type FromPanel, readView, type View } from "./bridge";

export class HostPage {
  private origin: string | null = null;

  /** `sites`: the origins that may frame this panel, as the service says. */
  constructor(
    private readonly sites: readonly string[],
    private readonly onView: (view: View) => void,
  ) {
    addEventListener("message", (event) => this.hear(event));
  }

  /** Tell the host page. Nothing is said before a listed page has spoken, and then only to its exact origin. */
  tell(message: FromPanel): void {
    if (this.origin) parent.postMessage(message, this.origin);
  }

  private hear(event: MessageEvent): void {
    if (event.source !== parent || parent === window || !this.sites.includes(event.origin)) return;
    const view = readView(event.data);
    if (!view) return;
    this.origin = event.origin;
    this.onView(view);
  }
}
