// The clock and the session, as contexts.

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { moment } from "../../shared/time";
import type { Session } from "../session";

export const SessionContext = createContext<Session | null>(null);

/** The session of this page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("A view is drawn outside the console.");
  return session;
}

/** The time in milliseconds; one clock ticks for the whole page. */
export const NowContext = createContext(0);
export const useNow = (): number => useContext(NowContext);

/** The clock behind NowContext: new every second. */
export function useClock(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The time of a line: 10:02, on another day 9 Nov 10:02. */
export const when = (at: string): string => moment(at, Date.now());
