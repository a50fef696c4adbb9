// When the outbox is sent: one text of a conversation at a time, so that the log has them in the order of writing.

import { backOff, type World } from "./connection";
import type { Outbox, Unsent } from "./outbox";

/** The service's answer to a text that it did not store. */
export interface Refusal {
  client_id: string;
  code: string;
  detail: string;
  /** Above 0: nothing is wrong with the text; the same again after so many seconds. */
  retry_s: number;
}

/** How texts get out. */
export interface Way {
  send(text: Unsent): void;
  /** Seconds after which a service that lives must have answered. */
  patienceS(): number;
  world: Pick<World, "after" | "random">;
  /** The outbox changed without a frame having come. */
  changed(): void;
}

/** Up to so many seconds are added to what the service asked for, so that those who were put off do not come back in step. */
const SPREAD_S = 1;
/** A text may so often be cut off without an answer before it is sent with growing pauses: perhaps it is what breaks the connection. */
const CHANCES = 2;
const UNANSWERED = "The service did not answer. It may have arrived.";

export class Delivery {
  /** Where texts go, "" while there is no welcome on the present connection. */
  private to = "";
  /** The one text that waits for its answer. */
  private flight = "";
  private losses = 0;
  private paused = false;
  private cancelPause = (): void => {};
  private cancelWatch = (): void => {};

  constructor(
    private readonly outbox: Outbox,
    private readonly way: Way,
  ) {}

  /** Everything unsent, in the order of writing. */
  all(): readonly Unsent[] {
    return this.outbox.all();
  }

  /** Write a text: kept from now on, sent when its turn comes. */
  write(body: string, pressed = ""): void {
    this.outbox.add(body, pressed);
    this.next();
  }

  /** Send a refused text once more, under its own name. */
  again(clientId: string): void {
    this.outbox.again(clientId);
    this.next();
  }

  /** The service has said welcome: what is not confirmed goes out, each under the name that it had before. */
  welcomed(conversation: string): void {
    this.outbox.moved(conversation);
    this.to = conversation;
    this.next();
  }

  /** The connection is gone, and with it the answer to what was on its way. */
  cut(): void {
    this.to = "";
    if (!this.flight) return;
    this.landed(this.flight);
    this.losses += 1;
    if (this.losses > CHANCES) this.pause(backOff(this.losses - CHANCES, this.way.world.random()));
  }

  /** The service has stored it. */
  accepted(clientId: string): void {
    this.outbox.accepted(clientId);
    this.answered(clientId);
  }

  /** The service has not stored it: for now, or for good. */
  refused({ client_id, code, detail, retry_s }: Refusal): void {
    if (retry_s > 0) {
      this.outbox.putOff(client_id, retry_s);
      this.pause(retry_s + this.way.world.random() * SPREAD_S);
    } else {
      this.outbox.refused(client_id, code, detail);
    }
    this.answered(client_id);
  }

  /** These lines are in the log, whichever tab or connection brought them there; or the writer took the texts back. */
  drop(clientIds: readonly string[]): void {
    this.outbox.drop(clientIds);
    if (clientIds.includes(this.flight)) this.answered(this.flight);
  }

  private next(): void {
    if (!this.to || this.flight || this.paused) return;
    const [first] = this.outbox.pending();
    if (!first) return;
    this.flight = first.clientId;
    this.outbox.sent(first.clientId, this.to);
    this.cancelWatch = this.way.world.after(this.way.patienceS() * 1000, () => this.unanswered(first.clientId));
    this.way.send(first);
  }

  private answered(clientId: string): void {
    if (this.flight !== clientId) return;
    this.landed(clientId);
    this.losses = 0;
    this.next();
  }

  private landed(clientId: string): void {
    if (this.flight !== clientId) return;
    this.flight = "";
    this.cancelWatch();
  }

  /** The connection lives and the text got no answer: it must not hold up the rest for ever. */
  private unanswered(clientId: string): void {
    this.refused({ client_id: clientId, code: "unanswered", detail: UNANSWERED, retry_s: 0 });
    this.way.changed();
  }

  private pause(seconds: number): void {
    this.cancelPause();
    this.paused = true;
    this.cancelPause = this.way.world.after(seconds * 1000, () => {
      this.paused = false;
      this.next();
    });
  }
}
