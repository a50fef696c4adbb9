// A scripted outer world: time that only moves when told, chance that is given, sockets that a test opens and closes.

import type { Sign, Socket, World } from "../../src/shared/connection";

export class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: { type: string; [name: string]: unknown }[] = [];
  closed = false;
  /** What a scripted service does with a frame. */
  onsent: ((frame: { type: string; [name: string]: unknown }) => void) | null = null;

  send(data: string): void {
    const frame = JSON.parse(data);
    this.sent.push(frame);
    this.onsent?.(frame);
  }

  close(): void {
    this.closed = true;
  }

  /** The service accepts the connection. */
  open(): void {
    this.onopen?.();
  }

  /** The service says a frame. */
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The service or the network ends the connection. */
  end(code = 1006): void {
    this.onclose?.({ code });
  }

  types(): string[] {
    return this.sent.map((frame) => frame.type);
  }
}

export class FakeWorld implements World {
  time = 0;
  chance = 0.5;
  /** A scripted service that gets every socket. */
  onsocket: ((socket: FakeSocket) => void) | null = null;
  readonly sockets: FakeSocket[] = [];
  private timers: { at: number; run: () => void }[] = [];
  private hearers = new Set<(sign: Sign) => void>();

  socket(): FakeSocket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    this.onsocket?.(socket);
    return socket;
  }

  random(): number {
    return this.chance;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  }

  signs(hear: (sign: Sign) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  /** Let seconds pass, running what falls due in order. */
  pass(seconds: number): void {
    const end = this.time + seconds * 1000;
    for (;;) {
      const [next] = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.run();
    }
    this.time = end;
  }

  /** Time passes while timers sleep, as on a closed laptop. */
  sleep(seconds: number): void {
    this.time += seconds * 1000;
  }

  wake(): void {
    this.sign("wake");
  }

  sign(sign: Sign): void {
    for (const hear of [...this.hearers]) hear(sign);
  }

  /** One page of this world; when it is gone, nothing of it goes on. */
  page(): World & { leave(): void } {
    let gone = false;
    const mine: FakeSocket[] = [];
    return {
      socket: () => {
        const socket = this.socket();
        mine.push(socket);
        return socket;
      },
      random: () => this.random(),
      now: () => this.now(),
      after: (ms, run) => this.after(ms, () => gone || run()),
      signs: (hear) => this.signs((sign) => gone || hear(sign)),
      leave: () => {
        gone = true;
        for (const socket of mine) {
          socket.onopen = socket.onmessage = socket.onclose = null;
          socket.close();
        }
      },
    };
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("Nobody has connected yet.");
    return socket;
  }
}
