// Empty, loading, no permission, logged out: each says what is true and what to do.

import type { ComponentChildren, JSX } from "preact";
import type { Shut } from "../state/model";

const PICTURES = {
  choose: <><rect x="8" y="6" width="56" height="36" rx="4" /><path d="M26 6v36M46 6v36M12 14h10M12 20h8M12 26h10" /></>,
  nobody: <><path d="M4 40h64M12 40V30M36 40V22M60 40V30" /><rect x="26" y="8" width="20" height="7" rx="3.5" transform="rotate(-20 36 11)" /></>,
  person: <><circle cx="36" cy="16" r="8" /><path d="M20 42c2-9 8-14 16-14s14 5 16 14" /></>,
};

interface EmptyProps {
  picture: keyof typeof PICTURES;
  title: string;
  children: ComponentChildren;
}

export function Empty({ picture, title, children }: EmptyProps): JSX.Element {
  return (
    <div class="state">
      <svg class="picture" viewBox="0 0 72 48" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
        {PICTURES[picture]}
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Bars where text will be. */
export function Skeleton({ rows, label }: { rows: number; label: string }): JSX.Element {
  return (
    <div class="loading" role="status" aria-busy="true" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row}>
          <span class="skeleton w50" />
          <span class={`skeleton ${row % 2 ? "w70" : "w90"}`} />
        </div>
      ))}
    </div>
  );
}

/** Bars where bubbles will be. */
export function LogSkeleton(): JSX.Element {
  return (
    <div class="loading" role="status" aria-busy="true" aria-label="Loading messages">
      <span class="skeleton tall w50" />
      <span class="skeleton tall w70 end" />
      <span class="skeleton tall w30" />
      <span class="skeleton tall w50 end" />
    </div>
  );
}

/** In place of the console. */
export function Closed({ shut, login }: { shut: Exclude<Shut, null>; login: string }): JSX.Element {
  const next = `${login}?next=${encodeURIComponent(location.pathname + location.search)}`;
  return (
    <main class="whole">
      <h1 class="sr-only">Console</h1>
      {shut === "expired" ? (
        <Empty picture="person" title="You are logged out">
          <p>Your session has ended. Drafts are kept in this tab; log in and you are back here.</p>
          <a class="button button-primary" href={next}>Log in</a>
        </Empty>
      ) : (
        <Empty picture="person" title="No permission">
          <p>This account may not use the console. An administrator can give it the role of an agent.</p>
          <a class="button" href={next}>Log in as somebody else</a>
        </Empty>
      )}
    </main>
  );
}
