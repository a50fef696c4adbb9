// Asking for the part of the log that is missing: once for each gap, and after a pause when the service could not read.

import { backOff, type World } from "./connection";

const PAUSE_S = 1;

export class CatchUp {
  private asked = false;
  private failures = 0;
  private waiting = false;
  private cancelPause = (): void => {};

  /**
   * @param ask asks for what comes after the last line that is here
   * @param anew says hello again, which also brings what else could not be read
   */
  constructor(
    private readonly ask: () => void,
    private readonly anew: () => void,
    private readonly world: Pick<World, "after" | "random">,
  ) {}

  /** There are lines beyond a gap. The second sign of the same gap asks nothing. */
  missing(): void {
    if (this.asked) return;
    this.asked = true;
    this.ask();
  }

  /** The service has answered what was asked; a gap from here on is a new one. */
  answered(): void {
    this.asked = false;
  }

  /** The service has read everything that a hello asks for. */
  welcomed(): void {
    this.cut();
    this.failures = 0;
  }

  /** The service could not read just now: the whole hello again, each time after a longer pause. */
  failed(): void {
    if (this.waiting) return;
    this.waiting = true;
    const waitS = PAUSE_S + backOff(this.failures++, this.world.random());
    this.cancelPause = this.world.after(waitS * 1000, () => {
      this.waiting = false;
      this.anew();
    });
  }

  /** The connection is gone; the hello of the next one asks for everything. */
  cut(): void {
    this.asked = false;
    this.waiting = false;
    this.cancelPause();
  }
}
