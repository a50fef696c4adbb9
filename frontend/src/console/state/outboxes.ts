// One outbox per conversation, so that a text never loses the conversation that it is meant for.

import { Outbox, type Unsent } from "../../shared/outbox";
import type { Shelf } from "../pure/shelf";

const PREFIX = "baton-outbox:";

/** A text with the conversation that it belongs to. */
export interface Written extends Unsent {
  readonly conversation: string;
}

export class Outboxes {
  private readonly boxes = new Map<string, Outbox>();

  /** Takes up what an earlier load of the page left on the shelf. */
  constructor(
    private readonly shelf: Shelf,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    for (const conversation of shelf.under(PREFIX)) this.of(conversation);
  }

  /** Everything that is not in a log yet, each conversation's texts in the order of writing. */
  all(): Written[] {
    return [...this.boxes].flatMap(([conversation, box]) => box.all().map((text) => ({ ...text, conversation })));
  }

  /** What to send after each welcome. */
  pending(): Written[] {
    return this.all().filter((text) => text.status === "pending");
  }

  /** Keep a new text. */
  add(conversation: string, body: string): Written {
    return { ...this.of(conversation).add(body), conversation };
  }

  /** The service has it; it stays until its line is there. */
  accepted(clientId: string): void {
    for (const box of this.boxes.values()) box.accepted(clientId);
  }

  /** The service did not take it. */
  refused(clientId: string, code: string, detail: string): void {
    for (const box of this.boxes.values()) box.refused(clientId, code, detail);
  }

  /** Try a refused text once more under its own name. */
  again(text: Written): void {
    this.of(text.conversation).again(text.clientId);
  }

  /** Their lines are in the log, or the agent took them back. */
  drop(clientIds: readonly string[]): void {
    for (const box of this.boxes.values()) box.drop(clientIds);
  }

  private of(conversation: string): Outbox {
    const known = this.boxes.get(conversation);
    if (known) return known;
    const box = new Outbox(this.shelf, PREFIX + conversation, this.newId);
    this.boxes.set(conversation, box);
    return box;
  }
}
