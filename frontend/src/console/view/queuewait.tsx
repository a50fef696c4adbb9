import type { JSX } from "preact";
import type { Case } from "../../shared/protocol";
import { wait } from "../pure/wait";
import { useNow } from "./hooks";
import { WaitLabel } from "./row";

/** How long the customer has been in the queue. */
export function QueueWait({ found }: { found: Case }): JSX.Element | null {
  const now = useNow();
  if (!found.why) return null;
  const waits = wait({ waiting_since: found.why.enqueued_at, due_at: found.why.due_at }, now);
  return waits && <WaitLabel waits={waits} />;
}
