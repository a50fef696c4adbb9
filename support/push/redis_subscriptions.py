"""The subscriptions of one process in Redis: what is wanted, and one task that sees to it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Protocol

import redis
from channels_redis.pubsub import RedisSingleShardConnection
from redis.asyncio.client import PubSub

CONFIRM_S = 0.5  # a socket that opens waits for Redis no longer than this
QUIET_S = 5.0  # after this long without a word Redis is asked; after twice as long it counts as lost
RETRY_S = 0.5
logger = logging.getLogger(__name__)


class Listener(Protocol):
    """Who wants to hear."""

    def deliver(self, channel: str) -> None:
        """Something was published on this channel, or may have been while it was not subscribed."""


class Subscriptions(RedisSingleShardConnection):  # type: ignore[misc]
    """When anything fails, the task begins anew with a fresh connection and subscribes to all that is wanted.

    ``everything`` is subscribed last of them, so its confirmation says that the others are subscribed too.
    """

    def __init__(self, host: dict[str, Any], listener: Listener, everything: str) -> None:
        super().__init__(host, listener)
        self.listener, self.everything = listener, everything
        self._start_over()

    def _start_over(self) -> None:
        self._wanted: set[str] = set()
        self._changed = asyncio.Event()
        self._awaited: dict[str, asyncio.Event] = {}
        self._late: set[str] = set()  # whoever asked for these went on before they were confirmed
        self._lost()

    def _lost(self) -> None:
        self._answers = False
        self._confirmed: set[str] = set()

    async def subscribe(self, channel: str) -> None:
        """Follow. Returns once Redis confirmed it, or soon without: then the confirmation delivers a hint."""
        self._wanted.add(channel)
        self._changed.set()
        self._ensure_receiver()
        if channel not in self._confirmed and not await self._confirmation(channel):
            self._late.add(channel)

    async def unsubscribe(self, channel: str) -> None:
        """Follow no more; Redis is told as soon as it can be."""
        self._wanted.discard(channel)
        self._late.discard(channel)
        self._awaited.pop(channel, None)
        self._changed.set()

    async def flush(self) -> None:
        """Forget every channel and let go of Redis."""
        await super().flush()
        self._start_over()

    async def _confirmation(self, channel: str) -> bool:
        if not self._answers:
            return False
        try:
            await asyncio.wait_for(self._awaited.setdefault(channel, asyncio.Event()).wait(), CONFIRM_S)
        except TimeoutError:
            self._answers = False  # until it does again, nobody else waits to learn the same
            return False
        return True

    async def _do_receiving(self) -> None:
        while True:
            try:
                await self._keep()
            except* (redis.RedisError, OSError) as lost:
                logger.warning("hints: Redis lost (%s), again in %.1f s", lost.exceptions[0], RETRY_S)
            self._lost()
            await asyncio.sleep(RETRY_S)

    async def _keep(self) -> None:
        self._ensure_redis()
        async with self._pubsub as pubsub:
            told = await self._tell(pubsub, set())
            self._late.add(self.everything)  # whatever was published before now was missed
            await pubsub.subscribe(self.everything)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._hear(pubsub))
                while True:
                    await self._changed.wait()
                    told = await self._tell(pubsub, told)

    async def _tell(self, pubsub: PubSub, told: set[str]) -> set[str]:
        """Tell Redis what has changed since it was told; returns what it knows now."""
        self._changed.clear()
        wanted = set(self._wanted)
        if gone := told - wanted:
            self._confirmed -= gone
            await pubsub.unsubscribe(*gone)
        if new := wanted - told:
            await pubsub.subscribe(*new)
        return wanted

    async def _hear(self, pubsub: PubSub) -> None:
        asked = False
        while True:
            message = await pubsub.get_message(timeout=QUIET_S)
            if message:
                asked = False
                self._take(message)
            elif asked:
                raise redis.TimeoutError("it does not answer")
            else:
                asked = True
                await pubsub.ping()

    def _take(self, message: dict[str, Any]) -> None:
        match message:
            case {"type": "message", "channel": bytes(name)}:
                self.listener.deliver(name.decode())
            case {"type": "subscribe", "channel": bytes(name)}:
                self._confirm(name.decode())

    def _confirm(self, channel: str) -> None:
        self._answers = True
        self._confirmed.add(channel)
        if waited := self._awaited.pop(channel, None):
            waited.set()
        if channel in self._late:
            self._late.discard(channel)
            self.listener.deliver(channel)
