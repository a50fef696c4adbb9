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

/** The outer world: sockets, chance, time (ms), and the signs that the network or the person may be back. */
export interface World {
  socket(url: string): Socket;
  random(): number;
  now(): number;
  after(ms: number, run: () => void): () => void;
  onWake(run: () => void): () => void;
}

export interface Wiring<In extends Frame, Out extends Frame> {
  url: string;
  hello: () => Out;
  ping: () => Out;
  /** Seconds between pings, as the service asked for in its welcome. */
  heartbeatS: () => number;
  onFrame: (frame: In) => void;
  /** `retryInS` comes with "offline": seconds until the next try. */
  onStatus: (status: Status, retryInS?: number) => void;
  /** The service refused this caller (4401 no session, 4403 not allowed): no more tries until `start()`. */
  onStop?: (code: number) => void;
  world?: World;
}

const FIRST_WAIT_S = 0.5;
const LONGEST_WAIT_S = 30;
const RESTART_SPREAD_S = 3;
const CONNECT_S = 10;
const WAKE_ANSWER_S = 4;
const RESTARTING = 4012;
const REFUSALS = [4401, 4403];

/** Full jitter: anything between 0 and min(30 s, 0.5 s * 2^tries), so that clients do not come back in step. */
export function backOff(tries: number, random: number): number {
  return random * Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** tries);
}

export class Connection<In extends Frame, Out extends Frame> {
  private readonly world: World;
  private socket: Socket | null = null;
  private ready = false;
  private tries = 0;
  private heardAt = 0;
  private cancelTimer = (): void => {};
  private cancelDeadline = (): void => {};
  private cancelCheck = (): void => {};
  private cancelWake: (() => void) | null = null;

  constructor(private readonly wiring: Wiring<In, Out>) {
    this.world = wiring.world ?? browser;
  }

  /** Connect, and stay connected until `stop()`. */
  start(): void {
    this.stop();
    this.tries = 0;
    this.cancelWake = this.world.onWake(() => this.wake());
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
    this.cancelTimer();
    this.cancelWake?.();
    this.cancelWake = null;
    this.abandon();
  }

  private connect(): void {
    this.wiring.onStatus("connecting");
    const socket = this.world.socket(this.wiring.url);
    this.socket = socket;
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
    this.cancelTimer = this.world.after(this.wiring.heartbeatS() * 1000, () => {
      this.send(this.wiring.ping());
      this.beat();
    });
  }

  /** Two heartbeats of silence from here on, and the socket is taken for dead. */
  private alive(): void {
    this.heardAt = this.world.now();
    this.cancelDeadline();
    this.cancelDeadline = this.world.after(this.deadlineMs(), () => this.lost());
  }

  private heard(data: unknown): void {
    this.alive();
    // Only an answer ends the back-off: a service that accepts and closes at once must not be hammered.
    this.tries = 0;
    this.wiring.onFrame(JSON.parse(String(data)) as In);
  }

  private closed(code: number): void {
    this.abandon();
    if (REFUSALS.includes(code)) {
      this.stop();
      this.wiring.onStop?.(code);
      return;
    }
    const chance = this.world.random();
    this.retry(code === RESTARTING ? chance * RESTART_SPREAD_S : backOff(this.tries, chance));
  }

  private retry(waitS: number): void {
    this.tries += 1;
    this.wiring.onStatus("offline", waitS);
    this.cancelTimer = this.world.after(waitS * 1000, () => this.connect());
  }

  /** The socket is dead without saying so. */
  private lost(): void {
    this.abandon();
    this.retry(backOff(this.tries, this.world.random()));
  }

  /** Let go of the socket; whatever it still reports concerns nobody. */
  private abandon(): void {
    this.cancelTimer();
    this.cancelDeadline();
    this.cancelCheck();
    const { socket } = this;
    this.socket = null;
    this.ready = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** The network is back or the page is looked at again: timers may have slept, so look now. */
  private wake(): void {
    if (!this.socket) {
      this.cancelTimer();
      this.connect();
    } else if (this.ready) {
      const askedAt = this.world.now();
      if (askedAt - this.heardAt >= this.deadlineMs()) {
        this.lost();
        return;
      }
      this.send(this.wiring.ping());
      this.cancelCheck();
      this.cancelCheck = this.world.after(WAKE_ANSWER_S * 1000, () => {
        if (this.heardAt < askedAt) this.lost();
      });
    }
  }

  private deadlineMs(): number {
    return 2000 * this.wiring.heartbeatS();
  }
}

/** The world of a real page. */
export const browser: World = {
  socket: (url) => new WebSocket(url) as Socket,
  random: Math.random,
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  onWake(run) {
    const seen = (): void => {
      if (document.visibilityState === "visible") run();
    };
    addEventListener("online", run);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("online", run);
      document.removeEventListener("visibilitychange", seen);
    };
  },
};
