"""A channel layer over Redis pub/sub, for REDIS_URL: channels-redis, made to live without Redis for a while.

As it comes, channels-redis lets no socket open while Redis is away, queues without bound, and has several tasks mend
one connection at the same time. Here a group is one Redis channel as there, but one task alone keeps the connection, a
hint that waits already is not queued again, and a time in which nobody listened ends with a hint to everybody.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any

import redis
from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from redis.asyncio.retry import Retry as Retried
from redis.backoff import NoBackoff
from redis.retry import Retry

from support.push.redis_subscriptions import Subscriptions
from support.push.waiting import EVERYTHING, Waiting

PREFIX = "baton:"
TIMEOUT_S = 2.0


class RedisLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    """Groups across processes and machines. What is published is empty: the name of the channel says it all."""

    def __init__(self, url: str) -> None:
        """``url`` is what REDIS_URL says. Nothing is opened before it is needed."""
        limits = {"socket_connect_timeout": TIMEOUT_S, "socket_timeout": TIMEOUT_S}
        never = Retried(NoBackoff(), 0, supported_errors=())  # or redis-py mends the connection in whoever meets it
        super().__init__(hosts=[{"address": url, "retry": never, **limits}])
        once = Retry(NoBackoff(), 1)  # Redis may have ended the connection since the last hints
        self._sender = redis.Redis.from_url(url, retry=once, **limits)

    def announce(self, groups: Sequence[str]) -> None:
        """Publish to all these groups in one round trip, from any thread.

        Raises:
            OSError: Redis may not have taken them all. To announce them again does no harm.
        """
        try:
            with self._sender.pipeline(transaction=False) as together:
                for group in groups:
                    together.publish(channel_of(group), "")
                together.execute()
        except redis.RedisError as error:
            raise OSError(f"Redis: {error}") from error

    async def flush(self) -> None:
        """Forget everybody and let go of Redis; the next announce and the next group_add start again."""
        self._sender.close()
        await self._get_layer().flush()

    def _get_layer(self) -> Followers:
        loop = asyncio.get_running_loop()
        if loop not in self._layers:
            self._layers[loop] = Followers(*self._args, **self._kwargs, channel_layer=self)
        followers: Followers = self._layers[loop]
        return followers


class Followers(RedisPubSubLoopLayer):  # type: ignore[misc]
    """The consumers of one event loop, each with what it has yet to be told."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._shards: list[Subscriptions] = [
            Subscriptions(shard.host, self, channel_of(EVERYTHING)) for shard in self._shards
        ]

    async def new_channel(self, prefix: str = "specific.") -> str:
        """A name for one consumer. Redis is not told: everything is sent to groups."""
        consumer = f"{prefix}{secrets.token_hex(8)}"
        self.channels[consumer] = Waiting()
        return consumer

    async def receive(self, channel: str) -> dict[str, str]:
        """The next hint of one consumer."""
        try:
            return {"type": "grew", "group": await self.channels[channel].take()}
        except asyncio.CancelledError:  # Channels stops receiving only when the consumer ends
            self.channels.pop(channel, None)
            raise

    def deliver(self, channel: str) -> None:
        """A hint came through this channel of Redis."""
        group = channel.removeprefix(PREFIX)
        for consumer in self.channels if group == EVERYTHING else self.groups.get(channel, ()):
            if waiting := self.channels.get(consumer):
                waiting.put(group)

    def _get_group_channel_name(self, group: str) -> str:
        return channel_of(group)


def channel_of(group: str) -> str:
    """The channel of Redis on which the hints of a group travel."""
    return f"{PREFIX}{group}"
