// Short ways to write lines of a log.

import type { Line } from "../../src/shared/protocol";

/** A line with everything that a test does not name left empty. */
export function line(seq: number, has: Partial<Line> = {}): Line {
  return { seq, author: "bot", name: "Tarn", body: `line ${seq}`, at: "2026-11-09T10:02:00Z", event: "", client_id: "", buttons: [], ...has };
}
