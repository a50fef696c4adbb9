"""Hints through a real Redis server: within a process, between two, in a crowd, and while the server is away."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from asgiref.sync import sync_to_async
from pytest_django import Settings
from redis import asyncio as aioredis
from websockets.asyncio.client import ClientConnection

from config.launch import ports
from support import push
from support.consumers.sweep import SWEEP
from support.models import Inbox
from support.push.redis_layer import channel_of
from tests import people
from tests.people import Visitor
from tests.sockets.browser import Socket
from tests.sockets.conftest import Connect
from tests.sockets.redis_server import RedisServer
from tests.sockets.serving import PATIENCE_S, Served, database_url, hears, say
from tests.stack.service import environment, wait_for

MANY, TABS = 1000, 10
SECRET = "my card number is 4111 1111 1111 1111"


@pytest.fixture(autouse=True)
def over_redis(redis_server: RedisServer, settings: Settings) -> None:
    """What config/settings.py makes of REDIS_URL."""
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": "support.push.redis_layer.RedisLayer", "CONFIG": {"url": redis_server.url}}
    }


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


async def arrives(connect: Connect, visitor: Visitor) -> Socket:
    """Open a tab."""
    socket = await connect("/ws/customer/tarnwood", dict([visitor.cookie]))
    await socket.say("hello", version=1)
    await socket.hears("lines")
    await socket.hears_nothing_more()
    return socket


async def sends(socket: Socket, body: str) -> None:
    """Send and wait for the acknowledgement."""
    await socket.say("send", client_id=body, body=body)
    await socket.hears("accepted", client_id=body)


@asynccontextmanager
async def tab(service: Served, visitor: Visitor) -> AsyncIterator[ClientConnection]:
    """Open a tab on a process of its own."""
    async with service.connect(visitor) as client:
        await say(client, "hello", version=1)
        await hears(client, "lines")
        yield client


@pytest.fixture
def others(redis_server: RedisServer, transactional_db: None, tmp_path: Path) -> Iterator[list[Served]]:
    """Two more processes, which are told REDIS_URL and do not sweep."""
    made = []
    for name in ("web1", "web2"):
        port = ports.any_free()
        told = environment(database_url(), f"http://127.0.0.1:{port}", REDIS_URL=redis_server.url)
        made.append(Served(name, told, tmp_path, (sys.executable, "-m", "tests.sockets.unswept"), port))
    try:
        for web in made:
            web.launch()
        for web in made:
            web.wait_ready()
        yield made
    finally:
        for web in made:
            web.kill()


async def test_what_is_written_in_one_tab_is_seen_in_another(
    started_redis: RedisServer, connect: Connect, maria: Visitor
) -> None:
    here, there = [await arrives(connect, maria) for _ in range(2)]
    await sends(here, "Where is my order?")
    assert (await there.line("customer"))["body"] == "Where is my order?"


async def test_two_processes_hear_each_other(started_redis: RedisServer, others: list[Served], maria: Visitor) -> None:
    async with AsyncExitStack() as opened:
        here, there = [await opened.enter_async_context(tab(web, maria)) for web in others]
        for writer, reader, body in ((here, there, "Good day"), (there, here, "Anybody here?")):
            await say(writer, "send", client_id=body, body=body)
            await hears(writer, "lines")
            assert [line["body"] for line in (await hears(reader, "lines"))["items"]] == [body]


async def test_a_thousand_messages_at_once_arrive_in_order_in_both_processes(
    started_redis: RedisServer, others: list[Served], maria: Visitor
) -> None:
    async with AsyncExitStack() as opened:
        tabs = [await opened.enter_async_context(tab(web, maria)) for web in others * (TABS // 2)]
        reading = [asyncio.create_task(seqs(client)) for client in tabs]
        for number in range(MANY):
            await say(tabs[number % TABS], "send", client_id=str(number), body=f"Message {number}")
        assert await asyncio.gather(*reading) == [list(range(2, MANY + 2))] * TABS


async def seqs(client: ClientConnection) -> list[int]:
    """Which lines arrive, up to the last of many."""
    seen: list[int] = []
    while MANY + 1 not in seen:
        seen += [line["seq"] for line in (await hears(client, "lines"))["items"]]
    return seen


async def test_redis_is_told_ids_and_not_a_word_more(
    started_redis: RedisServer, connect: Connect, maria: Visitor
) -> None:
    here, there = [await arrives(connect, maria) for _ in range(2)]
    async with aioredis.Redis.from_url(started_redis.url) as watching, watching.monitor() as monitor:
        await sends(here, SECRET)
        await there.line("customer")
        await sync_to_async(push.ANNOUNCER.flush)()
        await watching.publish("the end", "")
        told = [command async for command in commands(monitor)]
    groups = {push.conversation_group(maria.conversation), push.inbox_group(maria.inbox.pk)}
    published = {command.rstrip() for command in told if command.startswith("PUBLISH")}
    assert published == {f"PUBLISH {channel_of(group)}" for group in groups}
    assert not [command for command in told for word in SECRET.split() if word in command.split()]


async def commands(monitor: Any) -> AsyncIterator[str]:
    """What the server is asked, until the end is announced."""
    async with asyncio.timeout(PATIENCE_S):
        while not (command := (await monitor.next_command())["command"]).startswith("PUBLISH the end"):
            yield command


async def test_a_redis_that_is_flushed_has_lost_nothing(
    started_redis: RedisServer, connect: Connect, maria: Visitor
) -> None:
    here, there = [await arrives(connect, maria) for _ in range(2)]
    with redis.Redis.from_url(started_redis.url) as client:
        await sync_to_async(client.flushall)()
    await sends(here, "Still here?")
    assert (await there.line("customer"))["body"] == "Still here?"


async def test_without_redis_messages_are_taken_and_shown_by_the_sweep_and_hints_are_back_when_it_is(
    started_redis: RedisServer, connect: Connect, maria: Visitor
) -> None:
    here, there = [await arrives(connect, maria) for _ in range(2)]
    for number in range(20):
        await sends(here, f"Message {number}")
        if number == 10:
            started_redis.kill()
    late = await arrives(connect, maria)
    await sends(late, "Does a new tab open?")
    await SWEEP.look()
    await line_of(there, "Does a new tab open?")
    await sync_to_async(started_redis.start)()
    assert await sync_to_async(push.ANNOUNCER.flush)(PATIENCE_S)
    for body in ("Back?", "And again?"):  # the first may be seen because those who were deaf read everything
        await sends(here, body)
        for socket in (there, late):
            await line_of(socket, body)


async def line_of(socket: Socket, body: str) -> None:
    """Wait for this line."""
    while body not in [line["body"] for line in (await socket.hears("lines"))["items"]]:
        pass


async def test_those_who_were_deaf_read_everything_once_redis_is_back(
    started_redis: RedisServer, connect: Connect, maria: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = [await arrives(connect, maria) for _ in range(2)]
    started_redis.kill()
    with monkeypatch.context() as lost:
        lost.setattr(push.announcer.Announcer, "announce", lambda *_: None)
        await sends(here, "written while every hint was lost")
    await sync_to_async(started_redis.start)()
    await line_of(there, "written while every hint was lost")


async def test_a_redis_that_hangs_holds_up_neither_the_opening_nor_the_acknowledgement(
    started_redis: RedisServer, connect: Connect, tarnwood: Inbox, maria: Visitor
) -> None:
    early = await arrives(connect, maria)
    started_redis.send(signal.SIGSTOP)
    late = await arrives(connect, await sync_to_async(people.visitor)(tarnwood))
    for socket in (early, late):
        await sends(socket, "Slow today?")
    started_redis.send(signal.SIGCONT)
    for socket in (early, late):
        await line_of(socket, "Slow today?")


async def test_a_redis_that_falls_silent_is_given_up_and_found_again(
    started_redis: RedisServer,
    connect: Connect,
    maria: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("support.push.redis_subscriptions.QUIET_S", 0.1)
    here = await arrives(connect, maria)
    started_redis.send(signal.SIGSTOP)
    await asyncio.to_thread(wait_for, lambda: "it does not answer" in caplog.text, PATIENCE_S, lambda: caplog.text)
    started_redis.send(signal.SIGCONT)
    await sync_to_async(maria.says)("Are you there?")
    await line_of(here, "Are you there?")


async def test_a_process_that_started_without_redis_finds_it_later(
    redis_server: RedisServer, others: list[Served], maria: Visitor
) -> None:
    async with AsyncExitStack() as opened:
        here, there = [await opened.enter_async_context(tab(web, maria)) for web in others]
        await say(here, "send", client_id="a", body="Is this taken?")
        await hears(here, "accepted")
        await asyncio.to_thread(redis_server.start)
        assert [line["body"] for line in (await hears(there, "lines"))["items"]] == ["Is this taken?"]
        await say(here, "send", client_id="b", body="And this?")
        assert [line["body"] for line in (await hears(there, "lines"))["items"]] == ["And this?"]


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_process_whose_redis_is_gone_or_hangs_ends_in_order(
    started_redis: RedisServer, others: list[Served], maria: Visitor, fault: signal.Signals
) -> None:
    async with tab(others[0], maria) as client:
        started_redis.send(fault)
        await say(client, "send", client_id="a", body="Is this taken?")
        await hears(client, "accepted")
        others[0].send(signal.SIGTERM)
        assert await others[0].gone() == 0
