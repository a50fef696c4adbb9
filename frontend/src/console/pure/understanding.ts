// Which bot line answered which customer message: a turn names the message that it read, not the lines that it wrote.

import type { BotTurn, Line } from "../../shared/protocol";

/** Turns by the `seq` of the line that shows them: the bot's first line, or the customer's own when the bot said nothing. */
export function turnsByLine(lines: readonly Line[], turns: readonly BotTurn[]): Map<number, BotTurn> {
  const shown = new Map<number, BotTurn>();
  const silent = new Set(["escalated", "listened", "discarded", "lost"]);
  let open = turns.filter((turn) => !silent.has(turn.outcome));
  let group = "";
  for (const line of lines) {
    // From a handoff on, what the bot still owed is never said.
    if (line.event === "escalated" || line.event === "joined") open = open.filter((turn) => turn.seq > line.seq);
    if (line.author !== "bot") continue;
    // Lines of one turn are stored at one moment.
    if (line.at === group) continue;
    group = line.at;
    const answered = open.find((turn) => turn.seq < line.seq);
    if (!answered) continue;
    shown.set(line.seq, answered);
    open = open.filter((turn) => turn !== answered);
  }
  const placed = new Set(shown.values());
  for (const turn of turns) if (!placed.has(turn)) shown.set(turn.seq, turn);
  return shown;
}

/** "return_policy 0.41", "fallback 0.22", with what failed. */
export function understood(turn: BotTurn): string {
  const what = turn.fallback ? "fallback" : turn.intent || "not understood";
  const sure = turn.confidence > 0 ? ` ${turn.confidence.toFixed(2)}` : "";
  const failed = turn.failures.length > 0 ? ` · ${turn.failures.join(", ")} failed` : "";
  return `${what}${sure}${failed}`;
}
