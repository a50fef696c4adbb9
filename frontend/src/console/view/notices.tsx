// Banners: what happened, and what to do about it.

import type { JSX } from "preact";
import { Icon } from "../../shared/icons";
import { clockTime, timeOfDay } from "../../shared/time";
import type { Notice } from "../state/model";
import { useNow, useSession } from "./hooks";

export function Banner({ notice }: { notice: Notice }): JSX.Element {
  const session = useSession();
  return (
    <div class={`banner banner-${notice.tone} notice`} role="alert">
      <Icon name="alert" />
      <span>{notice.text}</span>
      <button type="button" class="button button-quiet button-icon" aria-label="Dismiss" onClick={() => session.notice(null)}>
        <Icon name="x" />
      </button>
    </div>
  );
}

/** Across the page: no connection, or a notice that belongs to no conversation. */
export function Notices(): JSX.Element {
  const { link, offlineSince, retryAt, notice } = useSession().state;
  const now = useNow();
  const wait = retryAt === null ? null : Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <div class="console-notices">
      {link !== "open" && offlineSince !== null && (
        <div class="banner banner-warn" role="status">
          <Icon name="offline" />
          <span>
            <b>No connection since {timeOfDay(new Date(offlineSince).toISOString())}.</b> Your texts are kept here.{" "}
            <span aria-hidden="true">{wait === null || wait === 0 ? "Connecting." : `Next try in ${clockTime(wait)}.`}</span>
          </span>
        </div>
      )}
      {notice && notice.conversation === null && <Banner notice={notice} />}
    </div>
  );
}
