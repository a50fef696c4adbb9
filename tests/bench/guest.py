"""A customer's browser that is always there or on its way back, as frontend/src/shared/connection.ts is."""

from __future__ import annotations

import asyncio
import random
import time

from websockets.exceptions import InvalidHandshake

from tests.bench.wire import Wire
from tests.stack.cast import Customer

RESTARTING = 4012
REFUSALS = (4401, 4403)
RESTART_SPREAD_S = 3.0
RESTART_S = 30.0
RESTART_WAIT_S = 2.0
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0


class Guest:
    """Connects when told to, and comes back by the protocol's rules until it is let go."""

    def __init__(self, address: str, origin: str, customer: Customer) -> None:
        self.url, self.origin, self.customer = f"ws://{address}{customer.path}", origin, customer
        self.welcomed_at = 0.0
        self.tries = 0  # in vain, since the last welcome
        self.restarted_at = -RESTART_S
        self.refused = False
        self.wire: Wire | None = None
        self.staying: asyncio.Task[None] | None = None

    def come(self) -> None:
        """Connect, in the background."""
        self.staying = asyncio.create_task(self._stay())

    async def go(self) -> None:
        """Hang up for good."""
        if self.staying:
            self.staying.cancel()
            await asyncio.gather(self.staying, return_exceptions=True)
        if self.wire:
            await self.wire.close()

    async def _stay(self) -> None:
        while not self.refused:
            code = await self._live()
            self.refused = code in REFUSALS
            if code == RESTARTING:
                self.restarted_at = time.monotonic()
            longest = RESTART_WAIT_S if time.monotonic() - self.restarted_at < RESTART_S else LONGEST_WAIT_S
            most = RESTART_SPREAD_S if code == RESTARTING else min(longest, FIRST_WAIT_S * 2**self.tries)
            self.tries += 1
            await asyncio.sleep(random.uniform(0, most))

    async def _live(self) -> int:
        try:
            self.wire = await Wire.open(self.url, self._hears, self.origin, self.customer.cookie)
        except (OSError, InvalidHandshake, TimeoutError, EOFError):
            return 1006
        self.wire.post('{"type": "hello", "version": 1, "after": 0}')
        return await self.wire.ended()

    def _hears(self, text: str, at: float) -> None:
        if '"welcome"' in text[:40]:
            self.welcomed_at, self.tries = at, 0


async def until_all(guests: list[Guest], since: float, within_s: float) -> int:
    """Wait until every guest was welcomed after ``since``; how many were not in time."""
    deadline = time.monotonic() + within_s
    while missing := sum(guest.welcomed_at <= since for guest in guests):
        if time.monotonic() > deadline:
            return missing
        await asyncio.sleep(0.02)
    return 0
