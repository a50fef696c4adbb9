// The corner of the host page that belongs to the chat: the launcher, and from the first opening on the iframe.

import { hexColour, textOn } from "../../shared/colour";
import { readFromPanel, type View } from "../bridge";
import { launcherButton } from "./button";
import { launcherSheet } from "./sheet";
import { aboveKeyboard } from "./viewport";

const NARROW = "(width < 480px)";

export interface Embedding {
  /** Origin of the service, from the script's own address. */
  service: string;
  inbox: string;
  brand: string | null;
}

export class Dock {
  private readonly host = document.createElement("baton-widget");
  private readonly root = this.host.attachShadow({ mode: "closed" });
  private readonly button = launcherButton(() => (this.isOpen ? this.close() : this.open()));
  private readonly narrow = matchMedia(NARROW);
  private frame: HTMLIFrameElement | null = null;
  private loaded = false;
  private isOpen = false;
  private unread = 0;

  constructor(private readonly embedding: Embedding) {
    const brand = hexColour(embedding.brand);
    this.root.adoptedStyleSheets = [launcherSheet(brand, brand ? textOn(brand) : "#ffffff")];
    this.root.append(this.button.element);
    this.root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape" && this.isOpen) this.close();
    });
    addEventListener("message", (event) => this.hear(event));
    this.narrow.addEventListener("change", () => this.tell(false));
    document.body.append(this.host);
  }

  /** Open the chat; the first time this loads it. */
  open = (): void => {
    this.frame ??= this.load();
    this.isOpen = true;
    this.frame.hidden = false;
    this.frame.focus();
    this.tell(true);
    this.draw();
  };

  /** Close the chat. It stays connected, and the launcher counts what comes in. */
  close = (): void => {
    const had = this.root.activeElement !== null;
    this.isOpen = false;
    if (this.frame) this.frame.hidden = true;
    this.tell(false);
    this.draw();
    if (had) this.button.element.focus();
  };

  private load(): HTMLIFrameElement {
    const frame = document.createElement("iframe");
    frame.className = "frame";
    frame.title = "Chat with us";
    frame.referrerPolicy = "no-referrer";
    frame.src = `${this.embedding.service}/widget/${encodeURIComponent(this.embedding.inbox)}/panel`;
    frame.addEventListener("load", () => {
      this.loaded = true;
      this.tell(true);
    });
    this.root.insertBefore(frame, this.button.element);
    aboveKeyboard(frame, this.narrow);
    return frame;
  }

  private tell(focus: boolean): void {
    // Before it has loaded, the frame has the page's own origin and would not get the message.
    if (!this.loaded) return;
    const view: View = { baton: "view", open: this.isOpen, full: this.narrow.matches, focus: focus && this.isOpen };
    this.frame?.contentWindow?.postMessage(view, this.embedding.service);
  }

  private hear(event: MessageEvent): void {
    if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== this.embedding.service) return;
    const message = readFromPanel(event.data);
    if (message?.baton === "close") this.close();
    if (message?.baton === "unread") {
      this.unread = message.count;
      this.draw();
    }
  }

  private draw(): void {
    this.button.show({ open: this.isOpen, unread: this.unread });
  }
}
