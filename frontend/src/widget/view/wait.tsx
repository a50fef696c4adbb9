// The waiting card: the baton between bot and person, the place, and an estimate only when there is a basis for one.

import { Icon } from "../../shared/icons";
import type { CustomerState } from "../../shared/protocol";
import { minutes } from "../../shared/time";
import { BotAvatar } from "./avatar";

export function Relay() {
  return (
    <div class="relay" aria-hidden="true">
      <BotAvatar /><span class="bar" /><span class="baton" /><span class="bar" />
      <span class="avatar avatar-open"><Icon name="person" small /></span>
    </div>
  );
}

export function WaitFigures({ waiting }: { waiting: CustomerState }) {
  if (waiting.place === null) return null;
  return (
    <dl class="wait-figures">
      <div><dt>Your place</dt><dd>{waiting.place}</dd></div>
      {waiting.wait_s !== null && <div><dt>Estimate</dt><dd>{minutes(waiting.wait_s)}</dd></div>}
    </dl>
  );
}
