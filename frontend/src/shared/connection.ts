// One socket that is always there or on its way back. It knows frames and time, and nothing of what the frames mean.

export interface Frame {
  readonly type: string;
}

export type Status = "connecting" | "open" | "offline";

/** The part of WebSocket that is used, so that a test can script one. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string): void;
  close(): void;
}

/** wake: the network or the person may be back; sleep: the page is about to stand still; offline: the network is gone. */
export type Sign = "wake" | "sleep" | "offline";

/** The outer world: sockets, chance, time (ms), and the signs that the page gets. */
export interface World {
  socket(url: string): Socket;
  random(): number;
  now(): number;
  after(ms: number, run: () => void): () => void;
  signs(hear: (sign: Sign) => void): () => void;
}

export interface Wiring<In extends Frame, Out extends Frame> {
  url: string;
  hello: () => Out;
  ping: () => Out;
  /** Seconds between pings, as the service asked for in its welcome. */
  heartbeatS: () => number;
  onFrame: (frame: In) => void;
  /** Whatever is not "open" has no socket. `retryInS` comes with "offline" when a try is due: seconds until then. */
  onStatus: (status: Status, retryInS?: number) => void;
  /** The service refused this caller (4401 no session, 4403 not allowed): no more tries until `start()`. */
  onStop?: (code: number) => void;
  world: World;
}

const FIRST_WAIT_S = 0.5;
const LONGEST_WAIT_S = 30;
const RESTART_SPREAD_S = 3;
/** For so long after a restart was announced the service may be back any moment: tries are no further apart than this. */
const RESTART_S = 30;
const RESTART_WAIT_S = 2;
const CONNECT_S = 10;
const WAKE_ANSWER_S = 4;
/** A try that is older than this when the page wakes may have been made in a hole of the network. */
const STALE_TRY_S = 2;
const RESTARTING = 4012;
const REFUSALS = [4401, 4403];

/** Full jitter: anything between 0 and min(longest, 0.5 s * 2^tries), so that clients do not come back in step. */
export function backOff(tries: number, random: number, longestS = LONGEST_WAIT_S): number {
  return random * Math.min(longestS, FIRST_WAIT_S * 2 ** tries);
}

export class Connection<In extends Frame, Out extends Frame> {
  private readonly world: World;
  private socket: Socket | null = null;
  private ready = false;
  private tries = 0;
  private restartedAt = Number.NEGATIVE_INFINITY;
  private triedAt = 0;
  private heardAt = 0;
  private beatS = 0;
  private cancelTimer = (): void => {};
  private cancelDeadline = (): void => {};
  private cancelCheck: (() => void) | null = null;
  private cancelSigns: (() => void) | null = null;

  constructor(private readonly wiring: Wiring<In, Out>) {
    this.world = wiring.world;
  }

  /** Connect, and stay connected until `stop()`. */
  start(): void {
    this.stop();
    this.tries = 0;
    this.cancelSigns = this.world.signs((sign) => this.sign(sign));
    this.connect();
  }

  /** Send a frame. False when there is no open socket: the caller keeps what must not be lost. */
  send(frame: Out): boolean {
    if (!this.socket || !this.ready) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** Close, and do not come back. */
  stop(): void {
    this.cancelSigns?.();
    this.cancelSigns = null;
    this.abandon();
  }

  private connect(): void {
    this.wiring.onStatus("connecting");
    const socket = this.world.socket(this.wiring.url);
    this.socket = socket;
    this.triedAt = this.world.now();
    socket.onopen = () => this.opened();
    socket.onmessage = (event) => this.heard(event.data);
    socket.onclose = (event) => this.closed(event.code);
    this.cancelTimer = this.world.after(CONNECT_S * 1000, () => this.lost());
  }

  private opened(): void {
    this.cancelTimer();
    this.ready = true;
    this.alive();
    this.wiring.onStatus("open");
    this.send(this.wiring.hello());
    this.beat();
  }

  private beat(): void {
    this.cancelTimer();
    this.beatS = this.wiring.heartbeatS();
    this.cancelTimer = this.world.after(this.beatS * 1000, () => {
      this.send(this.wiring.ping());
      this.beat();
    });
  }

  /** Two heartbeats of silence from here on, and the socket is taken for dead. */
  private alive(): void {
    this.heardAt = this.world.now();
    this.cancelDeadline();
    this.cancelCheck?.();
    this.cancelCheck = null;
    this.cancelDeadline = this.world.after(this.deadlineMs(), () => this.lost());
  }

  private heard(data: unknown): void {
    this.alive();
    // Only an answer ends the back-off: a service that accepts and closes at once must not be hammered.
    this.tries = 0;
    this.wiring.onFrame(JSON.parse(String(data)) as In);
    if (!this.ready || this.wiring.heartbeatS() === this.beatS) return;
    // The welcome has set another pace.
    this.beat();
    this.alive();
  }

  private closed(code: number): void {
    this.abandon();
    if (REFUSALS.includes(code)) {
      this.stop();
      this.wiring.onStatus("offline");
      this.wiring.onStop?.(code);
      return;
    }
    if (code !== RESTARTING) return this.retry(this.waitS());
    this.restartedAt = this.world.now();
    this.retry(this.world.random() * RESTART_SPREAD_S);
  }

  private waitS(): number {
    const restarts = this.world.now() - this.restartedAt < RESTART_S * 1000;
    return backOff(this.tries, this.world.random(), restarts ? RESTART_WAIT_S : LONGEST_WAIT_S);
  }

  private retry(waitS: number): void {
    this.tries += 1;
    this.wiring.onStatus("offline", waitS);
    this.cancelTimer = this.world.after(waitS * 1000, () => this.connect());
  }

  /** The socket is dead without saying so. */
  private lost(): void {
    this.abandon();
    this.retry(this.waitS());
  }

  /** Let go of the socket; whatever it still reports concerns nobody. */
  private abandon(): void {
    this.cancelTimer();
    this.cancelDeadline();
    this.cancelCheck?.();
    this.cancelCheck = null;
    const { socket } = this;
    this.socket = null;
    this.ready = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private sign(sign: Sign): void {
    if (sign === "wake") this.wake();
    else if (sign === "sleep") this.sleep();
    // Tries go on all the same: "offline" can be said of a machine whose service is near by.
    else if (this.socket) this.lost();
  }

  /** The network is back or the page is looked at again: timers may have slept, so look now. */
  private wake(): void {
    const now = this.world.now();
    if (!this.socket || (!this.ready && now - this.triedAt >= STALE_TRY_S * 1000)) {
      this.abandon();
      this.connect();
    } else if (this.ready && now - this.heardAt >= this.deadlineMs()) {
      this.lost();
    } else if (this.ready && !this.cancelCheck) {
      this.send(this.wiring.ping());
      this.cancelCheck = this.world.after(WAKE_ANSWER_S * 1000, () => this.lost());
    }
  }

  /** A page that stands still cannot answer, and one with an open socket is not kept for "back": the next wake connects. */
  private sleep(): void {
    this.abandon();
    this.wiring.onStatus("offline");
  }

  private deadlineMs(): number {
    return 2000 * this.wiring.heartbeatS();
  }
}
