"""A channel layer over PostgreSQL: NOTIFY after commit, one listener per process, nothing lost silently.

The in-memory and the Redis core layers drop messages when a queue is full. A hint asks for one thing, to read the log
again, so a second one for the same group adds nothing while the first waits: no queue here can overflow. A listener
that was away becomes one hint to everybody.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import psycopg
from channels.layers import BaseChannelLayer
from django.db import connection
from psycopg import sql

from support.push.waiting import EVERYTHING, Waiting

NAME = "baton hints"  # as pg_stat_activity shows the listener
CHANNEL = "baton_hints"
WORK = "baton_work"
PAYLOAD_BYTES = 7000  # PostgreSQL takes less than 8000 in one notification
ANY_PROCESS = "-"
RETRY_S = 0.5
ANNOUNCE = """
SELECT pg_notify(channel, payload) FROM unnest(%(channels)s::text[], %(payloads)s::text[]) given (channel, payload)
"""
logger = logging.getLogger(__name__)


class HintLayer(BaseChannelLayer):  # type: ignore[misc]
    """Groups across processes by NOTIFY; what waits is kept within one event loop."""

    extensions = ("groups", "flush")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.origin = secrets.token_hex(4)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._start_over()

    def _start_over(self) -> None:
        self._waiting: dict[str, Waiting] = defaultdict(Waiting)
        self._groups: dict[str, set[str]] = defaultdict(set)
        self._listening: asyncio.Event = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    async def new_channel(self, prefix: str = "specific") -> str:
        """A name for one consumer of this process."""
        return f"{prefix}.{secrets.token_hex(8)}"

    async def group_add(self, group: str, channel: str) -> None:
        """Follow a group. Returns once the listener hears, so that a log read afterwards misses nothing."""
        self._own_loop()
        self._groups[group].add(channel)
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        await self._listening.wait()

    async def group_discard(self, group: str, channel: str) -> None:
        """Stop following."""
        self._groups[group].discard(channel)
        if not self._groups[group]:
            del self._groups[group]

    def announce(self, groups: Sequence[str]) -> None:
        """NOTIFY all these groups in one statement on this thread's connection; never inside a transaction that writes."""
        with connection.cursor() as cursor:
            cursor.execute(ANNOUNCE, statement(groups, ANY_PROCESS))

    async def receive(self, channel: str) -> dict[str, Any]:
        """The next hint of one consumer."""
        self._own_loop()
        try:
            return {"type": "grew", "group": await self._waiting[channel].take()}
        except asyncio.CancelledError:  # Channels stops receiving only when the consumer ends
            self._waiting.pop(channel, None)
            raise

    async def flush(self) -> None:
        """Forget everybody and stop listening; the next group_add starts again."""
        listener, self._loop = self._listener, None
        if listener:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)

    def _own_loop(self) -> None:
        # Events and tasks belong to an event loop; another loop (each test has its own) starts with none.
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            self._start_over()

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True) as listener:
                    await listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    self._after_a_gap()
                    self._listening.set()
                    async for notice in listener.notifies():
                        self._deliver(notice.payload)
            except psycopg.Error as error:
                logger.warning("hints: listener lost (%s), back in %.1f s", type(error).__name__, RETRY_S)
                await asyncio.sleep(RETRY_S)

    def _after_a_gap(self) -> None:
        for channel in {channel for members in self._groups.values() for channel in members}:
            self._waiting[channel].put(EVERYTHING)

    def _deliver(self, payload: str) -> None:
        origin, *groups = payload.split(" ")
        if origin != self.origin:  # else they were told before it went out
            self.tell(groups)

    def tell(self, groups: Iterable[str]) -> None:
        """Put a hint before everybody on this event loop who follows these groups."""
        for group in groups:
            for channel in self._groups.get(group, ()):
                self._waiting[channel].put(group)


def statement(groups: Sequence[str], origin: str) -> dict[str, list[str]]:
    """The values of ANNOUNCE. WORK is a channel of its own, to which workers listen; the layer ``origin`` has told its own."""
    payloads = list(_payloads([group for group in groups if group != WORK], origin))
    work = [WORK] if WORK in groups else []
    return {"channels": [*[CHANNEL] * len(payloads), *work], "payloads": [*payloads, *[""] * len(work)]}


def _payloads(groups: Sequence[str], origin: str) -> Iterator[str]:
    """The origin and group names, separated by spaces, as many in one notification as it holds."""
    payload = origin
    for group in groups:
        if len(payload) + len(group) >= PAYLOAD_BYTES:
            yield payload
            payload = origin
        payload += f" {group}"
    if payload != origin:
        yield payload


def _parameters() -> dict[str, Any]:
    found = connection.get_connection_params()
    named = {key: found[key] for key in ("dbname", "user", "password", "host", "port") if found.get(key)}
    return {**named, "application_name": NAME}
