"""How much one web process takes on: shares of an address and of an inbox, and no more than it can get done.

One customer's share is counted in the log itself (append.py). These are for floods of many customers, so each process
counts for itself and nothing is shared.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from django.conf import settings

from support.log.refused import Refused, busy, too_fast

FORGET_AT = 10_000


class Meter:
    """At most ``limit`` of each name within ``window_s`` seconds: the generic cell rate algorithm (ITU-T I.371)."""

    def __init__(self, limit: int, window_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.cost, self.window_s, self.clock = window_s / limit, window_s, clock
        self.paid_until: dict[str, float] = {}

    def take(self, name: str) -> float:
        """Count one of this name. Returns 0, or the seconds after which one more is allowed: nothing was counted then."""
        now = self.clock()
        paid = max(self.paid_until.get(name, now), now) + self.cost
        if (over := paid - now - self.window_s) > 0:
            return over
        if name not in self.paid_until and len(self.paid_until) >= FORGET_AT:
            self.paid_until = {each: until for each, until in self.paid_until.items() if until > now}
        self.paid_until[name] = paid
        return 0.0


ADDRESSES = Meter(settings.ADDRESS_LIMIT, settings.SEND_WINDOW_S)
INBOXES = Meter(settings.INBOX_LIMIT, settings.SEND_WINDOW_S)


def admit(address: str, inbox_id: int) -> None:
    """Let one customer's message in.

    Raises:
        Refused: ``too_fast`` (this address has used its share), ``busy`` (this inbox has).
    """
    for meter, name, refusal in ((ADDRESSES, address, too_fast), (INBOXES, str(inbox_id), busy)):
        if wait := meter.take(name):
            raise _after(refusal, wait)


def _after(refusal: Callable[[int], Refused], wait_s: float) -> Refused:
    return refusal(max(1, math.ceil(wait_s)))
