"""Reading a whole screen soon after it changed, but never for more than a seventh of the time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from django.db import Error

SETTLE_S = 0.1
REST = 6  # times as long as a reading took, nobody in this process reads another: messages go first
RETRY_S = 1.0


class Pace:
    """One reading at a time in a process, and a rest after each: under load screens are refreshed less often."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = asyncio.Lock()

    async def run(self, read: Callable[[], Awaitable[None]]) -> None:
        """Read when it is this one's turn; raises what the reading raises."""
        if self._loop is not asyncio.get_running_loop():  # each test has a loop of its own
            self._loop, self._turn = asyncio.get_running_loop(), asyncio.Lock()
        await self._turn.acquire()
        began = time.monotonic()
        try:
            await read()
        finally:
            self._loop.call_later(REST * (time.monotonic() - began), self._turn.release)


PACE = Pace()


class Settling:
    """However often it is asked, one reading at a time, each a moment after the first hint that came for it."""

    def __init__(self, read: Callable[[], Awaitable[None]], pace: Pace = PACE) -> None:
        self._read = read
        self._pace = pace
        self._asked = False
        self._at = 0.0
        self._sooner = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def ask(self, within_s: float = SETTLE_S) -> None:
        """What would be read has changed, and should be shown after about so many seconds."""
        sooner = not self._asked or time.monotonic() + within_s < self._at
        if sooner:
            self._asked, self._at = True, time.monotonic() + within_s
            self._sooner.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def cancel(self) -> None:
        """Nobody looks any more."""
        if self._task:
            self._task.cancel()

    async def _run(self) -> None:
        while self._asked:
            await self._settle()
            try:
                await self._pace.run(self._once)
            except Error:  # the database is away: what changed must still be told
                self._asked, self._at = True, time.monotonic() + RETRY_S

    async def _settle(self) -> None:
        while (left := self._at - time.monotonic()) > 0:
            self._sooner.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._sooner.wait(), left)

    async def _once(self) -> None:
        self._asked = False  # a hint that comes from here on asks for the next reading
        await self._read()
