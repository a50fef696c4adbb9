"""Reading on after a hint: the sockets of a process that follow the same conversation share one query."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from support import log
from support.log import live
from support.protocol.parts import Line

GATHER_S = 0.001  # a hint reaches all sockets of a process within this


@dataclass(eq=False)
class Page:
    """A query that has yet to start; whoever joins says from where on."""

    after: int
    lines: asyncio.Future[list[Line]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Reading:
    """The pages that are about to be read, one for each conversation.

    Nobody joins a query that is under way: it may have missed the very line that the hint was about.
    """

    def __init__(self) -> None:
        self._next: dict[UUID, Page] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def since(self, conversation: UUID, after: int) -> tuple[list[Line], bool]:
        """The lines after ``after``, with every author's client ids, and whether there are more."""
        page = self._next.get(conversation)
        if page is None or page.lines.get_loop() is not asyncio.get_running_loop():
            page = self._next[conversation] = Page(after)
            task = asyncio.create_task(self._read(conversation, page))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        page.after = min(page.after, after)
        lines = await asyncio.shield(page.lines)
        return [line for line in lines if line.seq > after], len(lines) == log.PAGE

    async def _read(self, conversation: UUID, page: Page) -> None:
        await asyncio.sleep(GATHER_S)
        del self._next[conversation]
        try:
            page.lines.set_result(await live.since(conversation, page.after))
        except psycopg.Error as error:
            page.lines.set_exception(error)


READING = Reading()
