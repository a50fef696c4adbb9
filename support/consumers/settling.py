"""Reading something large soon after it changed, but never for more than a tenth of the time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from django.db import Error

SETTLE_S = 0.1
SHARE = 10  # after a reading, ten times as long without one: under load screens are refreshed less often
RETRY_S = 1.0


class Settling:
    """However often it is asked, one reading at a time, each a moment after the first hint that came for it."""

    def __init__(self, read: Callable[[], Awaitable[None]]) -> None:
        self._read = read
        self._asked = False
        self._not_before = 0.0
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """What would be read has changed."""
        self._asked = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def cancel(self) -> None:
        """Nobody looks any more."""
        if self._task:
            self._task.cancel()

    async def _run(self) -> None:
        while self._asked:
            await asyncio.sleep(max(SETTLE_S, self._not_before - time.monotonic()))
            self._asked = False  # a hint that comes from here on asks for the next reading
            began = time.monotonic()
            try:
                await self._read()
                pause = SHARE * (time.monotonic() - began)
            except Error:  # the database is away: what changed must still be told
                self._asked, pause = True, RETRY_S
            self._not_before = time.monotonic() + pause
