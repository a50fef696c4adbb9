// Messages that the service has not confirmed. A text leaves the outbox only when the log has it.

export interface Unsent {
  readonly clientId: string;
  readonly body: string;
  /** The payload of the quick reply that was pressed, else "". */
  readonly pressed: string;
  /** pending: not confirmed; accepted: stored, its line is on the way; refused: not stored, `detail` says why. */
  readonly status: "pending" | "accepted" | "refused";
  readonly code: string;
  readonly detail: string;
}

/** Where the texts survive a reload of the page: session storage, or null where the browser blocks it. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

export class Outbox {
  private items: readonly Unsent[] = [];

  constructor(
    private readonly shelf: Shelf = null,
    private readonly key = "baton-outbox",
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    this.items = restored(shelf?.getItem(key) ?? null);
  }

  /** Everything unsent, in the order of writing. A new array after each change. */
  all(): readonly Unsent[] {
    return this.items;
  }

  /** What to send now: after each welcome, in this order, under the same client ids. */
  pending(): readonly Unsent[] {
    return this.items.filter((item) => item.status === "pending");
  }

  /** Keep a new text. */
  add(body: string, pressed = ""): Unsent {
    const item: Unsent = { clientId: this.newId(), body, pressed, status: "pending", code: "", detail: "" };
    this.replace([...this.items, item]);
    return item;
  }

  /** The service has stored it; the text stays until its line is there. */
  accepted(clientId: string): void {
    this.change(clientId, { status: "accepted", code: "", detail: "" });
  }

  /** The service did not store it. The text stays, with the reason. */
  refused(clientId: string, code: string, detail: string): void {
    this.change(clientId, { status: "refused", code, detail });
  }

  /** Try a refused text again, under its own name. Returns it, or undefined when it is not here. */
  again(clientId: string): Unsent | undefined {
    this.change(clientId, { status: "pending", code: "", detail: "" });
    return this.items.find((item) => item.clientId === clientId);
  }

  /** Its line is in the log (or the customer took the text back): nothing left to keep. */
  drop(clientIds: readonly string[]): void {
    const left = this.items.filter((item) => !clientIds.includes(item.clientId));
    if (left.length !== this.items.length) this.replace(left);
  }

  private change(clientId: string, to: Partial<Unsent>): void {
    this.replace(this.items.map((item) => (item.clientId === clientId ? { ...item, ...to } : item)));
  }

  private replace(items: readonly Unsent[]): void {
    this.items = items;
    if (items.length) this.shelf?.setItem(this.key, JSON.stringify(items));
    else this.shelf?.removeItem(this.key);
  }
}

function restored(text: string | null): readonly Unsent[] {
  if (!text) return [];
  try {
    const items: unknown = JSON.parse(text);
    // What was accepted before the reload comes back as a line of the log.
    return Array.isArray(items) ? items.filter(isUnsent).filter((item) => item.status !== "accepted") : [];
  } catch {
    return []; // not ours: another script of this origin wrote there
  }
}

function isUnsent(item: unknown): item is Unsent {
  if (typeof item !== "object" || item === null) return false;
  const has = item as Record<string, unknown>;
  return ["clientId", "body", "pressed", "status", "code", "detail"].every((name) => typeof has[name] === "string");
}
