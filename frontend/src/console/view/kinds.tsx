// One look per kind of reason, holder and mood: the same class, icon and word in chips, marks, bars and the track.

import type { JSX } from "preact";
import type { Chip, HolderName, KindName, MoodName } from "../../shared/protocol";
import { Icon, type IconName } from "../../shared/icons";

export const KINDS: Record<KindName, { css: string; icon: IconName }> = {
  asked: { css: "why-asked", icon: "asked" },
  bot_failure: { css: "why-bot", icon: "botfail" },
  sentiment: { css: "why-mood", icon: "bad" },
  complexity: { css: "why-hard", icon: "hard" },
  sensitive: { css: "why-sensitive", icon: "sensitive" },
};

export const HOLDERS: Record<HolderName, { css: string; icon: IconName }> = {
  bot: { css: "is-bot", icon: "bot" },
  queue: { css: "is-queue", icon: "queue" },
  agent: { css: "is-person", icon: "person" },
  nobody: { css: "is-nobody", icon: "check" },
};

const MOODS: Record<MoodName, { css: string; icon: IconName }> = {
  upset: { css: "mood-bad", icon: "bad" },
  annoyed: { css: "mood-low", icon: "bad" },
  neutral: { css: "", icon: "flat" },
  pleased: { css: "mood-good", icon: "good" },
};

export function ReasonChip({ chip }: { chip: Chip }): JSX.Element {
  const { css, icon } = KINDS[chip.kind];
  return (
    <span class={`chip ${css}`}>
      <Icon name={icon} />
      <span class="clip">{chip.text}</span>
    </span>
  );
}

/** A face and a word; strong feelings also say how strong. */
export function Mood({ mood, sentiment }: { mood: MoodName; sentiment: number }): JSX.Element {
  const { css, icon } = MOODS[mood];
  const strength = mood === "upset" ? ` ${sentiment < 0 ? "−" : "+"}${Math.abs(sentiment).toFixed(2)}` : "";
  return (
    <span class={`mood ${css}`}>
      <Icon name={icon} small />
      {mood}
      {strength}
    </span>
  );
}

/** "Maria Keller" as MK, and "Guest 15" as 15, since every guest is a G. */
export function initials(name: string): string {
  const guest = /^guest (\d+)$/i.exec(name.trim());
  if (guest?.[1]) return guest[1].slice(-3);
  const letters = name.trim().split(/\s+/).map((word) => [...word][0] ?? "");
  return [letters[0], ...letters.slice(1).slice(-1)].join("").toUpperCase();
}

/** The name that a person is called by in running text. */
export function short(name: string): string {
  return /^guest\b/i.test(name) ? name : (name.trim().split(/\s+/)[0] ?? name);
}
