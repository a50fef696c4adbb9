"""The sweep: every few seconds one look at the database for all doors of a process, so that a lost hint heals."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol
from uuid import UUID

from django.db import Error

from support import log
from support.consumers.threads import db
from support.faces import lists

SWEEP_S = 3.0
logger = logging.getLogger(__name__)


class Swept(Protocol):
    """What the sweep knows of a door."""

    conversation: UUID | None
    seq: int
    inboxes: list[int]
    behind: bool

    async def fell_behind(self) -> None:
        """There is more in the log than this door has sent, or a reading failed."""

    def lists_changed(self) -> None:
        """Something in the lists of this door's inboxes changed."""


class Sweep:
    """Knows the open doors of this process. Two queries a round, however many they are."""

    def __init__(self) -> None:
        self.doors: set[Swept] = set()
        self._pulses: dict[int, tuple[int, int]] = {}
        self._task: asyncio.Task[None] | None = None

    def add(self, door: Swept) -> None:
        """Look after this door."""
        self.doors.add(door)
        # A loop of a test that has ended took its task with it.
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._task = asyncio.create_task(self._run())

    def remove(self, door: Swept) -> None:
        """It has closed."""
        self.doors.discard(door)

    async def _run(self) -> None:
        while self.doors:
            await asyncio.sleep(SWEEP_S)
            try:
                await self.look()
            except Error as error:
                logger.warning("sweep: %s, again in %.0f s", type(error.__cause__ or error).__name__, SWEEP_S)

    async def look(self) -> None:
        """Tell the doors that are behind."""
        doors = tuple(self.doors)
        followed = {door.conversation for door in doors if door.conversation}
        ends = await db(log.ends, followed) if followed else {}
        inboxes = {inbox for door in doors for inbox in door.inboxes}
        pulses = await db(lists.pulses, inboxes) if inboxes else {}
        changed = {inbox for inbox in inboxes if self._pulses.get(inbox) != pulses.get(inbox)}
        self._pulses = pulses
        for door in doors:
            if not changed.isdisjoint(door.inboxes):
                door.lists_changed()
        behind = [door for door in doors if door.behind or _more(ends, door)]
        await asyncio.gather(*(door.fell_behind() for door in behind))


def _more(ends: dict[UUID, int], door: Swept) -> bool:
    return door.conversation is not None and ends.get(door.conversation, 0) > door.seq


SWEEP = Sweep()
