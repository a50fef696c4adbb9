// Bot and person never look alike: a rounded square with a face, a circle with initials.

import { Icon } from "../../shared/icons";

export function BotAvatar() {
  return <span class="avatar avatar-bot" aria-hidden="true"><Icon name="bot" /></span>;
}

export function PersonAvatar({ name }: { name: string }) {
  return <span class="avatar avatar-person" aria-hidden="true">{initials(name)}</span>;
}

/** Ana: AN; Ana Lind: AL. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).map((word) => [...word]);
  const [first = [], ...rest] = words;
  const letters = rest.length ? [first[0], rest.at(-1)?.[0]] : first.slice(0, 2);
  return letters.join("").toUpperCase();
}
