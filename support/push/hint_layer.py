"""A channel layer over PostgreSQL: NOTIFY after commit, one listener per process, nothing lost silently.

The in-memory and the Redis core layers drop messages when a queue is full. Here a full queue, and a listener that
was away, become one ``grew`` hint: the receiver reads the log again, which is all that a hint asks for.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections import defaultdict
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from channels.layers import BaseChannelLayer
from django.db import connection
from psycopg import sql

CHANNEL = "baton_hints"
CAPACITY = 100
RETRY_S = 0.5
AGAIN: dict[str, Any] = {"type": "grew", "group": ""}
logger = logging.getLogger(__name__)


class HintLayer(BaseChannelLayer):  # type: ignore[misc]
    """Groups across processes by NOTIFY; queues within one event loop."""

    extensions = ("groups", "flush")

    def __init__(self, **options: Any) -> None:
        super().__init__(capacity=CAPACITY, **options)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._start_over()

    def _start_over(self) -> None:
        self._queues: dict[str, asyncio.Queue[dict[str, Any]]] = {}
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
        if not any(channel in members for members in self._groups.values()):
            self._queues.pop(channel, None)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """NOTIFY on the caller's own connection; called after the commit, never inside a transaction that writes."""
        await sync_to_async(_notify)(json.dumps([group, message]))

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        """Put a message into one queue of this process."""
        self._put(channel, message)

    async def receive(self, channel: str) -> dict[str, Any]:
        """The next message of one queue."""
        self._own_loop()
        return await self._queue(channel).get()

    async def flush(self) -> None:
        """Forget everybody and stop listening; the next group_add starts again."""
        listener, self._loop = self._listener, None
        if listener:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)

    def _own_loop(self) -> None:
        # Queues and tasks belong to an event loop; another loop (each test has its own) starts with none.
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            self._start_over()

    def _queue(self, channel: str) -> asyncio.Queue[dict[str, Any]]:
        return self._queues.setdefault(channel, asyncio.Queue())

    def _put(self, channel: str, message: dict[str, Any]) -> None:
        queue = self._queue(channel)
        if queue.qsize() >= self.capacity:
            while not queue.empty():
                queue.get_nowait()
            message = AGAIN
        queue.put_nowait(message)

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
            self._put(channel, AGAIN)

    def _deliver(self, payload: str) -> None:
        group, message = json.loads(payload)
        for channel in self._groups.get(group, ()):
            self._put(channel, message)


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


def _parameters() -> dict[str, Any]:
    found = connection.get_connection_params()
    return {key: found[key] for key in ("dbname", "user", "password", "host", "port") if found.get(key)}
