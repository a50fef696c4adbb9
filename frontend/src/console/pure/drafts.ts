// Unsent texts that are still being written, one per conversation: in memory, and in the tab's storage.

import type { Shelf } from "../../shared/shelf";

const PREFIX = "baton-draft:";

export class Drafts {
  private readonly kept = new Map<string, string>();

  constructor(private readonly shelf: Shelf) {}

  /** The draft of a conversation, or "". */
  read(conversation: string): string {
    return this.kept.get(conversation) ?? this.shelf.getItem(PREFIX + conversation) ?? "";
  }

  /** Keep `text`; an empty one is forgotten. */
  write(conversation: string, text: string): void {
    this.kept.set(conversation, text);
    if (text) this.shelf.setItem(PREFIX + conversation, text);
    else this.shelf.removeItem(PREFIX + conversation);
  }
}
