// A service in a few lines that keeps the delivery contract of docs/protocol.md, and fails where a test tells it to.

import type { CustomerState, Line } from "../../src/shared/protocol";
import { line } from "./lines";
import type { FakeSocket, FakeWorld } from "./world";

/** What becomes of a send: stored and told; stored, but the answer is lost; lost on the way; put off. */
export type Fate = "take" | "lose answer" | "lose send" | "put off";

interface Send {
  type: string;
  client_id: string;
  body: string;
}

const LATENCY_MS = 20;
const STATE: CustomerState = { holder: "agent", person: "Ana", place: null, wait_s: null, rated: false };

export class FakeService {
  readonly log: Line[] = [];
  /** Texts that came on a socket before the one before them was stored or refused. */
  readonly impatient: string[] = [];
  fate: (send: Send) => Fate = () => "take";
  /** Whether a hint about a new line is lost. */
  deaf: () => boolean = () => false;
  private readonly followed = new Map<FakeSocket, number>();

  constructor(private readonly world: FakeWorld) {
    world.onsocket = (socket) => this.accept(socket);
  }

  /** The network between the service and everybody is cut. */
  cutAll(): void {
    for (const socket of [...this.followed.keys()]) this.cut(socket);
  }

  /** A line of the other side's. */
  write(body: string): void {
    this.append({ author: "agent", name: "Ana", body });
  }

  private accept(socket: FakeSocket): void {
    let waiting = "";
    socket.onsent = (frame) => {
      const send = frame as unknown as Send;
      if (frame.type === "send") {
        if (waiting && !this.stored(waiting)) this.impatient.push(send.body);
        waiting = send.client_id;
      }
      this.later(socket, () => {
        if (frame.type === "hello") this.hello(socket, Number(frame.after));
        else if (frame.type === "ping") socket.say({ type: "heartbeat", seq: this.log.length });
        else {
          waiting = "";
          this.send(socket, send);
        }
      });
    };
    this.later(socket, () => {
      this.followed.set(socket, 0);
      socket.open();
    });
  }

  private later(socket: FakeSocket, run: () => void): void {
    this.world.after(LATENCY_MS, () => socket.closed || run());
  }

  private cut(socket: FakeSocket): void {
    this.followed.delete(socket);
    socket.end();
    socket.closed = true;
  }

  private hello(socket: FakeSocket, after: number): void {
    const seq = this.log.length;
    socket.say({ type: "welcome", version: 1, conversation: "c1", inbox: "Tarnwood", bot: "Tarn", seq, heartbeat_s: 15, state: STATE, max_body: 4000 });
    this.followed.set(socket, after);
    this.tell(socket);
  }

  private send(socket: FakeSocket, send: Send): void {
    const fate = this.fate(send);
    if (fate === "lose send") return this.cut(socket);
    if (fate === "put off") return socket.say({ type: "refused", client_id: send.client_id, code: "busy", detail: "Later.", retry_s: 2 });
    const known = this.stored(send.client_id);
    if (!known) this.append({ author: "customer", name: "Maria", body: send.body, client_id: send.client_id });
    if (fate === "lose answer") return this.cut(socket);
    socket.say({ type: "accepted", client_id: send.client_id, seq: known?.seq ?? this.log.length });
  }

  private stored(clientId: string): Line | undefined {
    return this.log.find((each) => each.client_id === clientId);
  }

  private append(has: Partial<Line>): void {
    this.log.push(line(this.log.length + 1, has));
    for (const socket of this.followed.keys()) if (!this.deaf()) this.later(socket, () => this.tell(socket));
  }

  private tell(socket: FakeSocket): void {
    const after = this.followed.get(socket);
    if (after === undefined || after >= this.log.length) return;
    this.followed.set(socket, this.log.length);
    socket.say({ type: "lines", items: this.log.slice(after), more: false });
  }
}
