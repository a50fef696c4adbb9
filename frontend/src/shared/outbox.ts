// Messages that the service has not confirmed. A text leaves the outbox only when the log has it.

import type { Shelf } from "./shelf";

export interface Unsent {
  readonly clientId: string;
  readonly body: string;
  /** The payload of the quick reply that was pressed, else "". */
  readonly pressed: string;
  /** pending: not confirmed; accepted: stored, its line is on the way; refused: not stored, `detail` says why. */
  readonly status: "pending" | "accepted" | "refused";
  readonly code: string;
  readonly detail: string;
  /** A pending text that the service put off: the seconds that it asked for. 0: it was not put off. */
  readonly retryS: number;
  /** The conversation that it was last sent to, "" before it was ever sent. */
  readonly sentTo: string;
}

const FRESH = { status: "pending", code: "", detail: "", retryS: 0 } as const;
const MAY_HAVE_ARRIVED = "It was on its way when the chat before this one ended, and may have arrived there.";
const HAD_ENDED = "The chat before this one had ended.";

export class Outbox {
  private items: readonly Unsent[] = [];

  /** @param shelf where the texts survive a reload of the page */
  constructor(
    private readonly shelf: Shelf,
    private readonly key = "baton-outbox",
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    const kept = shelf.getItem(key);
    if (kept !== null) this.replace(restored(kept));
  }

  /** Everything unsent, in the order of writing. A new array after each change. */
  all(): readonly Unsent[] {
    return this.items;
  }

  /** What is still to be sent, in this order, under the same client ids. */
  pending(): readonly Unsent[] {
    return this.items.filter((item) => item.status === "pending");
  }

  /** Keep a new text, without what no service can store. */
  add(body: string, pressed = ""): Unsent {
    const item: Unsent = { clientId: this.newId(), body: storable(body), pressed, ...FRESH, sentTo: "" };
    this.replace([...this.items, item]);
    return item;
  }

  /** It goes out now. Whether it arrives is not known until the service answers. */
  sent(clientId: string, conversation: string): void {
    this.change(clientId, { sentTo: conversation });
  }

  /** The service has stored it; the text stays until its line is there. */
  accepted(clientId: string): void {
    this.change(clientId, { ...FRESH, status: "accepted" });
  }

  /** The service asks for the same text again after `retryS` seconds. */
  putOff(clientId: string, retryS: number): void {
    this.change(clientId, { ...FRESH, retryS });
  }

  /** The service did not store it. The text stays, with the reason. */
  refused(clientId: string, code: string, detail: string): void {
    this.change(clientId, { status: "refused", code, detail, retryS: 0 });
  }

  /** Try a refused text again, under its own name. */
  again(clientId: string): void {
    this.change(clientId, { ...FRESH, sentTo: "" });
  }

  /** Its line is in the log (or the writer took the text back): nothing left to keep. */
  drop(clientIds: readonly string[]): void {
    const left = this.items.filter((item) => !clientIds.includes(item.clientId));
    if (left.length !== this.items.length) this.replace(left);
  }

  /**
   * From now on texts go to `conversation`. Names count within one conversation: what was on its way to another one could
   * be stored in both, so its writer decides. What the other one has stored has no line here that would take it away.
   */
  moved(conversation: string): void {
    const elsewhere = (item: Unsent): boolean => item.sentTo !== "" && item.sentTo !== conversation;
    this.drop(this.items.filter((item) => item.status === "accepted" && elsewhere(item)).map((item) => item.clientId));
    for (const item of this.items.filter(elsewhere)) {
      if (item.status === "pending") this.refused(item.clientId, "moved", MAY_HAVE_ARRIVED);
      else if (item.code === "closed") this.refused(item.clientId, "closed", HAD_ENDED);
    }
  }

  private change(clientId: string, to: Partial<Unsent>): void {
    if (!this.items.some((item) => item.clientId === clientId)) return;
    this.replace(this.items.map((item) => (item.clientId === clientId ? { ...item, ...to } : item)));
  }

  private replace(items: readonly Unsent[]): void {
    this.items = items;
    if (items.length) this.shelf.setItem(this.key, JSON.stringify(items));
    else this.shelf.removeItem(this.key);
  }
}

/** The text without what no service can store: zero characters and halves of a character. */
export function storable(body: string): string {
  return body.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}

function restored(text: string): readonly Unsent[] {
  try {
    const items: unknown = JSON.parse(text);
    if (!Array.isArray(items)) return [];
    // What was accepted before the reload comes back as a line of the log; what was put off may go at once.
    return items.filter(isUnsent).filter((item) => item.status !== "accepted").map((item) => ({ ...item, retryS: 0 }));
  } catch {
    return []; // not ours: another script of this origin wrote there
  }
}

function isUnsent(item: unknown): item is Unsent {
  if (typeof item !== "object" || item === null) return false;
  const has = item as Record<string, unknown>;
  return ["clientId", "body", "pressed", "status", "code", "detail", "sentTo"].every((name) => typeof has[name] === "string");
}
