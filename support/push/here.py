"""The announcer of a web process's event loop: its own sockets are told at once, other processes by NOTIFY."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import psycopg

from support.push.announcer import ANNOUNCER
from support.push.hint_layer import ANNOUNCE, HintLayer, statement
from support.push.lanes import LANES

logger = logging.getLogger(__name__)


class Here:
    """Whatever comes in while a batch is under way goes out to the others in the next one, each group once."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._task: asyncio.Task[None] | None = None

    def announce(self, layer: HintLayer, groups: Sequence[str]) -> None:
        """Send a hint to these groups. Called after the commit, on the event loop; returns at once."""
        layer.tell(groups)
        self._waiting.update(dict.fromkeys(groups))
        loop = asyncio.get_running_loop()
        if self._task is None or self._task.done() or self._task.get_loop() is not loop:
            self._task = loop.create_task(self._run(layer.origin))

    async def _run(self, origin: str) -> None:
        while self._waiting:
            groups, self._waiting = tuple(self._waiting), {}
            try:
                await self.send(groups, origin)
            except psycopg.Error as error:
                logger.warning("hints: %d not sent (%s)", len(groups), type(error).__name__)
                ANNOUNCER.announce(groups)  # which tries until it has

    async def send(self, groups: tuple[str, ...], origin: str) -> None:
        """NOTIFY all these groups in one statement; raises psycopg.Error."""
        await LANES.fetch(ANNOUNCE, statement(groups, origin))


HERE = Here()
