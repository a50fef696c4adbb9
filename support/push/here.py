"""The announcer of a web process's event loop: as the other, without handing anything to a thread and back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

import psycopg

from support.push.announcer import ANNOUNCER
from support.push.hint_layer import ANNOUNCE, statement
from support.push.lanes import LANES

logger = logging.getLogger(__name__)


class Here:
    """Whatever comes in while a batch is under way goes out in the next one, each group once."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None

    def announce(self, groups: Iterable[str]) -> None:
        """Send a hint to these groups, soon. Called after the commit, on the event loop; returns at once."""
        self._waiting.update(dict.fromkeys(groups))
        loop = asyncio.get_running_loop()
        if self._task is None or self._task.done() or self._task.get_loop() is not loop:
            self._task = loop.create_task(self._run())

    async def _run(self) -> None:
        while self._waiting:
            groups, self._waiting = tuple(self._waiting), {}
            try:
                await self.send(groups)
            except psycopg.Error as error:
                logger.warning("hints: %d not sent (%s)", len(groups), type(error).__name__)
                ANNOUNCER.announce(groups)  # which tries until it has

    async def send(self, groups: tuple[str, ...]) -> None:
        """NOTIFY all these groups in one statement; raises psycopg.Error."""
        await LANES.fetch(ANNOUNCE, statement(groups))


HERE = Here()
