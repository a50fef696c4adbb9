// The top bar: where one is, what one declared, how much one holds.

import type { JSX } from "preact";
import { Icon, Logo } from "../../shared/icons";
import type { Me } from "../../shared/protocol";
import { csrfToken } from "../api";
import { useSession } from "./hooks";
import { initials } from "./kinds";
import { Menu } from "./menu";

/** Addresses that the page's template gives. */
export interface Places {
  role: string;
  dashboard: string;
  login: string;
  logout: string;
}

export function Bar({ places }: { places: Places }): JSX.Element {
  const session = useSession();
  const { me } = session.state;
  const role = me?.role ?? places.role;
  return (
    <header class="bar">
      <a class="wordmark" href={location.pathname} aria-label="Baton">
        <Logo />
        <span class="wordmark-name">Baton</span>
      </a>
      <nav class="bar-links" aria-label="Main">
        <a class="tab" href={location.pathname} aria-current="page">Console</a>
        {role !== "agent" && <a class="tab" href={places.dashboard}>Dashboard</a>}
      </nav>
      <div class="bar-right">
        {me && <Availability me={me} />}
        {me && <Load load={me.load} capacity={me.capacity} />}
        <button type="button" class="button button-quiet button-icon bar-map" aria-label="Keyboard shortcuts"
          aria-keyshortcuts={session.state.singleKeys ? "?" : undefined} onClick={() => session.show("map")}>
          <Icon name="keyboard" />
        </button>
        {me && <Account me={me} logout={places.logout} />}
      </div>
    </header>
  );
}

function Availability({ me }: { me: Me }): JSX.Element {
  const session = useSession();
  const here = me.availability === "available";
  return (
    <Menu label="Availability" css="availability" disabled={session.state.busy === "availability"}
      note="Away keeps what you hold. New ones wait for colleagues."
      choices={[
        { value: "available", label: <><span class="dot" />Available</>, chosen: here },
        { value: "away", label: <><span class="dot dot-away" />Away</>, chosen: !here },
      ]}
      onChoose={(value) => void session.setAvailability(value as Me["availability"])}>
      <span class={here ? "dot" : "dot dot-away"} />
      <span class="availability-word">{here ? "Available" : "Away"}</span>
    </Menu>
  );
}

function Load({ load, capacity }: { load: number; capacity: number }): JSX.Element {
  return (
    <span class={`load ${load >= capacity ? "is-full" : ""}`}>
      {capacity <= 8 && (
        <span class="load-places" aria-hidden="true">
          {Array.from({ length: capacity }, (_, place) => <i key={place} class={place < load ? "on" : ""} />)}
        </span>
      )}
      <span class="num"><span class="load-words">Load </span>{load} of {capacity}</span>
    </span>
  );
}

function Account({ me, logout }: { me: Me; logout: string }): JSX.Element {
  return (
    <form class="row" method="post" action={logout}>
      <input type="hidden" name="csrfmiddlewaretoken" value={csrfToken(document.cookie)} />
      <span class="avatar avatar-person" role="img" aria-label={`${me.name}, ${me.role}`} title={`${me.name}, ${me.role}`}>
        {initials(me.name)}
      </span>
      <button type="submit" class="button button-quiet">Log out</button>
    </form>
  );
}
