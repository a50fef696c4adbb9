// The customer's chat at work: one session, one socket, the outbox, and the state that every view draws.

import { CatchUp } from "../shared/catchup";
import { backOff, Connection, type World } from "../shared/connection";
import { Delivery } from "../shared/delivery";
import { lastSeq, take } from "../shared/log";
import type { Outbox } from "../shared/outbox";
import { type FromCustomer, type Line, type ToCustomer, VERSION } from "../shared/protocol";
import type { Session as Opened } from "./http";
import type { State } from "./state/model";
import { type Action, reduce } from "./state/reduce";

/** The dots promise an answer; after this long they would be a lie. */
const TYPING_MS = 6000;
/** Without an answer after so many heartbeats there will be none; a dead connection is found after two. */
const PATIENCE_BEATS = 3;
const NO_SESSION = 4401;
const BLOCKED = "Your browser does not keep the cookie that this chat needs. Allow cookies for this page and load it again.";
const FORBIDDEN = "This chat may not be used from this page.";

export interface Outside {
  url: string;
  openSession: (startNew: boolean) => Promise<Opened>;
  world: World;
}

export class Session {
  private readonly watchers = new Set<() => void>();
  private readonly connection: Connection<ToCustomer, FromCustomer>;
  private readonly delivery: Delivery;
  private readonly catchUp: CatchUp;
  private cancelTyping = (): void => {};
  private refusals = 0;
  private tries = 0;

  constructor(
    public state: State,
    outbox: Outbox,
    private readonly outside: Outside,
  ) {
    const { world } = outside;
    this.delivery = new Delivery(outbox, {
      send: ({ clientId, body, pressed }) => void this.connection.send({ type: "send", client_id: clientId, body, pressed }),
      patienceS: () => PATIENCE_BEATS * this.state.heartbeatS,
      changed: () => this.showUnsent(),
      world,
    });
    this.catchUp = new CatchUp(this.hello, this.hello, world);
    this.connection = new Connection<ToCustomer, FromCustomer>({
      url: outside.url,
      hello: () => ({ type: "hello", version: VERSION, after: lastSeq(this.state.lines) }),
      ping: () => ({ type: "ping" }),
      heartbeatS: () => this.state.heartbeatS,
      onFrame: (frame) => this.take(frame),
      onStatus: (link, retryInS) => this.linked(link, retryInS),
      onStop: (code) => this.refusedEntry(code),
      world,
    });
    this.state = { ...state, unsent: outbox.all() };
  }

  /** Open the customer's session, then the socket. Goes on trying while the network is away. */
  async start(): Promise<void> {
    const opened = await this.outside.openSession(false);
    if (opened.ok) return this.connection.start();
    if (!opened.temporary) return this.dispatch({ do: "unavailable", problem: opened.detail });
    const waitS = backOff(this.tries++, this.outside.world.random());
    this.linked("offline", waitS);
    this.afterOrAwake(waitS, () => void this.start());
  }

  /** Call `watcher` after every change; returns how to stop. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Write a message. It is kept from now on, and sent as soon as there is a connection. */
  write(body: string, pressed = ""): void {
    this.delivery.write(body, pressed);
    this.showUnsent();
  }

  /** Send a refused text once more. */
  again(clientId: string): void {
    this.delivery.again(clientId);
    this.showUnsent();
  }

  stopWaiting = (): boolean => this.connection.send({ type: "stop_waiting" });
  finish = (): boolean => this.connection.send({ type: "finish" });
  rate = (score: number, comment: string): boolean => this.connection.send({ type: "rate", score, comment });
  skipRating = (): void => this.dispatch({ do: "skip_rating" });

  /** Start a new conversation after the end of the present one. */
  async startNew(): Promise<void> {
    const opened = await this.outside.openSession(true);
    if (opened.ok) this.hello();
    else this.dispatch({ do: "frame", frame: { type: "error", code: "session", detail: opened.detail } });
  }

  /** The loader showed or hid the panel. */
  view(open: boolean, full: boolean): void {
    this.dispatch({ do: "view", open, full });
  }

  private take(frame: ToCustomer): void {
    const before = this.state;
    this.dispatch({ do: "frame", frame });
    switch (frame.type) {
      case "welcome":
        return this.welcomed(before);
      case "lines":
        return this.arrived(before.lines, frame.items);
      case "accepted":
        this.delivery.accepted(frame.client_id);
        this.keepTypingHonest();
        return this.arrived(this.state.lines, []);
      case "refused":
        this.delivery.refused(frame);
        return this.showUnsent();
      case "heartbeat":
        if (frame.seq > lastSeq(this.state.lines)) this.catchUp.missing();
        return;
      case "error":
        if (frame.code === "version") this.dispatch({ do: "unavailable", problem: frame.detail });
        else if (frame.code === "unavailable") this.catchUp.failed();
        return;
    }
  }

  private welcomed(before: State): void {
    this.refusals = 0;
    this.catchUp.welcomed();
    // The hello asked for what follows the lines of another conversation.
    if (before.conversation !== this.state.conversation && before.lines.length) this.catchUp.missing();
    this.delivery.welcomed(this.state.conversation);
    this.showUnsent();
  }

  private arrived(before: readonly Line[], items: readonly Line[]): void {
    if (take(before, items).gap) this.catchUp.missing();
    const known = new Set(this.state.lines.map((line) => line.client_id));
    this.delivery.drop(this.delivery.all().filter((item) => known.has(item.clientId)).map((item) => item.clientId));
    this.showUnsent();
  }

  private hello = (): void => {
    this.connection.send({ type: "hello", version: VERSION, after: lastSeq(this.state.lines) });
  };

  private keepTypingHonest(): void {
    this.cancelTyping();
    if (this.state.typing) this.cancelTyping = this.outside.world.after(TYPING_MS, () => this.dispatch({ do: "typing_over" }));
  }

  private linked(link: State["link"], retryInS?: number): void {
    if (link === "open") this.tries = 0;
    else this.cut();
    this.dispatch({ do: "link", link, retryAt: retryInS === undefined ? null : this.outside.world.now() + retryInS * 1000 });
  }

  private cut(): void {
    this.catchUp.cut();
    this.delivery.cut();
    this.showUnsent();
  }

  /** Whichever comes first, once. */
  private afterOrAwake(seconds: number, run: () => void): void {
    const { world } = this.outside;
    const once = (): void => {
      cancel();
      deaf();
      run();
    };
    const cancel = world.after(seconds * 1000, once);
    const deaf = world.signs((sign) => {
      if (sign === "wake") once();
    });
  }

  private refusedEntry(code: number): void {
    // The cookie may have run out: one new session, and if that does not help the browser does not keep it.
    if (code === NO_SESSION && this.refusals++ === 0) void this.start();
    else this.dispatch({ do: "unavailable", problem: code === NO_SESSION ? BLOCKED : FORBIDDEN });
  }

  private showUnsent(): void {
    if (this.state.unsent !== this.delivery.all()) this.dispatch({ do: "unsent", unsent: this.delivery.all() });
  }

  private dispatch(action: Action): void {
    const next = reduce(this.state, action);
    if (next === this.state) return;
    this.state = next;
    for (const watcher of this.watchers) watcher();
  }
}
