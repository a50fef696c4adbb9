"""The layer over Redis by itself: who joined hears, each hint once, whatever becomes of the connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import redis
from asgiref.sync import sync_to_async
from redis import asyncio as aioredis

from support.push.redis_layer import RedisLayer, channel_of
from support.push.waiting import EVERYTHING
from tests.sockets.redis_server import RedisServer
from tests.sockets.serving import PATIENCE_S
from tests.stack.service import wait_for


@pytest_asyncio.fixture
async def layer(started_redis: RedisServer) -> AsyncIterator[RedisLayer]:
    """The layer by itself, connected: whoever was there before is told to read everything."""
    made = RedisLayer(started_redis.url)
    first = await joined(made, "first")
    while await told(made, first) != EVERYTHING:
        pass
    yield made
    await made.flush()


async def joined(layer: RedisLayer, *groups: str) -> str:
    """A consumer that follows these groups."""
    consumer: str = await layer.new_channel()
    for group in groups:
        await layer.group_add(group, consumer)
    return consumer


async def told(layer: RedisLayer, consumer: str) -> str:
    """The next hint."""
    async with asyncio.timeout(PATIENCE_S):
        hint: dict[str, str] = await layer.receive(consumer)
    assert hint["type"] == "grew"
    return hint["group"]


async def test_who_has_joined_misses_nothing_from_then_on(layer: RedisLayer) -> None:
    for number in range(100):
        consumer = await joined(layer, f"talk.{number}")
        await sync_to_async(layer.announce)([f"talk.{number}"])
        assert await told(layer, consumer) == f"talk.{number}"


async def test_joining_is_no_hint_while_redis_answers(layer: RedisLayer) -> None:
    consumer = await joined(layer, "quiet", "talk")
    await sync_to_async(layer.announce)(["talk"])
    assert await told(layer, consumer) == "talk"


async def test_hints_for_a_group_wait_as_one(layer: RedisLayer) -> None:
    quick, slow = await joined(layer, "last"), await joined(layer, "talk", "last")
    await sync_to_async(layer.announce)(["talk"] * 50 + ["last"])
    assert await told(layer, quick) == "last"
    assert [await told(layer, slow) for _ in range(2)] == ["talk", "last"]


async def test_a_group_that_nobody_follows_any_more_is_given_up(layer: RedisLayer, started_redis: RedisServer) -> None:
    here, there = [await joined(layer, "talk") for _ in range(2)]
    await layer.group_discard("talk", here)
    await sync_to_async(layer.announce)(["talk"])
    assert await told(layer, there) == "talk"
    await layer.group_discard("talk", there)
    left = {channel_of("first").encode(), channel_of(EVERYTHING).encode()}
    with redis.Redis.from_url(started_redis.url) as client:
        await asyncio.to_thread(
            wait_for, lambda: set(client.pubsub_channels()) == left, PATIENCE_S, started_redis.written
        )
        await joined(layer, "talk")
        assert channel_of("talk").encode() in client.pubsub_channels()


async def test_nobody_is_deaf_after_connections_that_ended_while_others_joined(
    layer: RedisLayer, started_redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support.push.redis_subscriptions.RETRY_S", 0.001)
    consumers = []
    async with aioredis.Redis.from_url(started_redis.url) as client:
        for number in range(200):
            ending, joining = client.client_kill_filter(_type="pubsub"), joined(layer, f"talk.{number}")
            consumers.append((await asyncio.gather(ending, joining))[1])
    for number, consumer in enumerate(consumers):
        await sync_to_async(layer.announce)([f"talk.{number}"])
        while await told(layer, consumer) != f"talk.{number}":
            pass


async def test_hints_that_redis_did_not_take_are_an_error_for_the_announcer(
    layer: RedisLayer, started_redis: RedisServer
) -> None:
    await sync_to_async(started_redis.kill)()
    with pytest.raises(OSError, match="Redis"):
        await sync_to_async(layer.announce)(["talk"])
