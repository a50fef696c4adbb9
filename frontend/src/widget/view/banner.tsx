// What stands between the customer and the chat, for as long as it does.

import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../shared/icons";
import type { Status } from "../../shared/connection";

/** A connection that is back sooner than this was never missed. */
const PATIENCE_MS = 800;

export function Banner({ link, retryAt, notice }: { link: Status; retryAt: number | null; notice: string }) {
  const away = useLasting(link === "offline");
  const seconds = useSecondsUntil(away ? retryAt : null);
  if (away) {
    const next = seconds > 0 ? `in ${seconds} s` : "now";
    return <p class="banner banner-warn"><Icon name="offline" /><span>No connection. We keep your messages and try again {next}.</span></p>;
  }
  return notice ? <p class="banner banner-warn" role="alert"><Icon name="alert" /><span>{notice}</span></p> : null;
}

function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return now && lasting;
}

function useSecondsUntil(at: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
}
