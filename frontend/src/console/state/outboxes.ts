// One outbox per conversation, so that a text never loses the conversation that it is meant for, and none waits for another.

import { Delivery, type Refusal, type Way } from "../../shared/delivery";
import { Outbox, type Unsent } from "../../shared/outbox";
import type { Shelf } from "../../shared/shelf";

const PREFIX = "baton-outbox:";

/** A text with the conversation that it belongs to. */
export interface Written extends Unsent {
  readonly conversation: string;
}

/** How texts of any conversation get out. */
export interface Post extends Omit<Way, "send"> {
  send(text: Written): void;
}

export class Outboxes {
  private readonly boxes = new Map<string, Delivery>();
  private connected = false;

  /** Takes up what an earlier load of the page left on the shelf. */
  constructor(
    private readonly shelf: Shelf,
    private readonly post: Post,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {
    for (const conversation of shelf.under(PREFIX)) this.of(conversation);
  }

  /** Everything that is not in a log yet, each conversation's texts in the order of writing. */
  all(): Written[] {
    return [...this.boxes].flatMap(([conversation, box]) => box.all().map((text) => ({ ...text, conversation })));
  }

  /** There is a welcome: what is not confirmed goes out. */
  welcomed(): void {
    this.connected = true;
    for (const [conversation, box] of this.boxes) box.welcomed(conversation);
  }

  /** The connection is gone. */
  cut(): void {
    this.connected = false;
    for (const box of this.boxes.values()) box.cut();
  }

  /** Keep a new text, and send it when its turn comes. */
  write(conversation: string, body: string): void {
    this.of(conversation).write(body);
  }

  /** The service has it; it stays until its line is there. */
  accepted(clientId: string): void {
    for (const box of this.boxes.values()) box.accepted(clientId);
  }

  /** The service did not take it, for now or for good. */
  refused(refusal: Refusal): void {
    this.holding(refusal.client_id)?.refused(refusal);
  }

  /** Try a refused text once more under its own name. */
  again(text: Written): void {
    this.of(text.conversation).again(text.clientId);
  }

  /** Their lines are in the log, or the agent took them back. */
  drop(clientIds: readonly string[]): void {
    for (const box of this.boxes.values()) box.drop(clientIds);
  }

  private holding(clientId: string): Delivery | undefined {
    return [...this.boxes.values()].find((box) => box.all().some((text) => text.clientId === clientId));
  }

  private of(conversation: string): Delivery {
    const known = this.boxes.get(conversation);
    if (known) return known;
    const outbox = new Outbox(this.shelf, PREFIX + conversation, this.newId);
    const box = new Delivery(outbox, { ...this.post, send: (text) => this.post.send({ ...text, conversation }) });
    this.boxes.set(conversation, box);
    if (this.connected) box.welcomed(conversation);
    return box;
  }
}
