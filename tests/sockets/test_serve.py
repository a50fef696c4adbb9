"""A real `manage.py serve`: messages of all sizes, whose address counts, and a client that never reads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from channels.db import database_sync_to_async
from twisted.internet.abstract import FileDescriptor
from websockets.asyncio.client import ClientConnection

from config.launch import ports, probe
from support import log
from support.management.daphne_server import BUFFER_BYTES
from support.models import Inbox
from support.protocol.frames import MAX_BODY
from tests import people
from tests.people import Visitor
from tests.sockets.serving import PATIENCE_S, Served, by_hand, closed, hears, masked, say, served
from tests.stack.service import environment, wait_for

MIB = 1 << 20


@pytest.fixture
def service(transactional_db: None, tmp_path: Path) -> Iterator[Served]:
    """Told no limits: these tests ask for much."""
    with served(tmp_path) as process:
        yield process


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


def long_log(visitor: Visitor) -> int:
    """Fill a log beyond one page; the bytes that one hello brings back at least."""
    for number in range(log.PAGE):
        visitor.says("x" * MAX_BODY, client_id=str(number))
    return log.PAGE * MAX_BODY


async def test_a_message_goes_in_and_comes_back_over_a_real_socket(service: Served, maria: Visitor) -> None:
    async with service.connect(maria) as client:
        await say(client, "hello", version=1)
        await hears(client, "lines")
        await say(client, "send", client_id="a", body="Where is my order?")
        assert (await hears(client, "accepted"))["seq"] == 2
        assert (await hears(client, "lines"))["items"][0]["body"] == "Where is my order?"


async def test_a_log_longer_than_a_frame_of_the_client_may_be_arrives_whole(service: Served, maria: Visitor) -> None:
    await database_sync_to_async(long_log)(maria)
    async with service.connect(maria, max_size=None) as client:
        await say(client, "hello", version=1)
        pages = [await hears(client, "lines") for _ in range(2)]
    assert [page["more"] for page in pages] == [True, False]
    assert [line["seq"] for page in pages for line in page["items"]] == list(range(1, log.PAGE + 2))


async def test_a_frame_beyond_all_measure_ends_the_connection_that_sent_it(service: Served, maria: Visitor) -> None:
    async with service.connect(maria) as client, service.connect(maria) as other:
        await client.send("x" * (64 * 1024 + 1))
        await closed(client)
        await say(other, "ping")
        await hears(other, "heartbeat")


async def test_a_client_that_never_reads_is_cut_off_while_another_is_served_and_memory_stays_bounded(
    service: Served, tarnwood: Inbox, maria: Visitor
) -> None:
    brought = await database_sync_to_async(long_log)(maria)
    sven = await database_sync_to_async(people.visitor)(tarnwood)
    before = service.memory()
    most = asked = 0
    async with by_hand(service, maria) as (_, writer), service.connect(sven) as client:
        await say(client, "hello", version=1)
        await hears(client, "welcome")
        while not await cut_off(writer, masked('{"type": "hello", "version": 1}')):
            asked += 1
            assert asked * brought < 200 * MIB, "it takes all and is never cut off"
            await say(client, "ping")
            await hears(client, "heartbeat")
            most = max(most, service.memory() - before)
        await say(client, "send", client_id="a", body="Still here?")
        assert (await hears(client, "accepted"))["seq"] == 2
    assert asked * brought > BUFFER_BYTES
    assert most < 32 * MIB


async def cut_off(writer: asyncio.StreamWriter, data: bytes) -> bool:
    """Say something to who has hung up, perhaps."""
    try:
        writer.write(data)
        await writer.drain()
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize(("trusted", "third"), [("1", "accepted"), ("0", "refused")])
async def test_only_a_trusted_proxy_names_the_client_and_the_last_address_is_its_own_word(
    transactional_db: None, tmp_path: Path, tarnwood: Inbox, trusted: str, third: str
) -> None:
    visitors = [await database_sync_to_async(people.visitor)(tarnwood) for _ in range(3)]
    forwarded = ("198.51.100.1, 192.0.2.7", "198.51.100.2, 192.0.2.7", "198.51.100.1, 192.0.2.8")
    heard = []
    with served(tmp_path, TRUST_PROXY=trusted, ADDRESS_LIMIT="1") as service:
        for visitor, addresses in zip(visitors, forwarded, strict=True):
            async with service.connect(visitor, headers={"X-Forwarded-For": addresses}) as client:
                await say(client, "hello", version=1)
                await hears(client, "lines")
                await say(client, "send", client_id="a", body="Where is my order?")
                heard.append(await answer(client))
    assert heard == ["accepted", "refused", third]


async def answer(client: ClientConnection) -> str:
    """Whether the message was accepted or refused."""
    async with asyncio.timeout(PATIENCE_S):
        while (kind := json.loads(await client.recv())["type"]) not in ("accepted", "refused"):
            pass
    return str(kind)


def test_a_service_without_its_database_lives_and_is_not_ready(tmp_path: Path) -> None:
    nowhere = {"DATABASE_URL": f"postgres://nobody@127.0.0.1:{ports.any_free()}/none"}
    process = Served("web", environment("", "http://127.0.0.1", **nowhere), tmp_path)
    try:
        process.launch()
        wait_for(lambda: probe.is_well(process.port, "/health/live"), PATIENCE_S * 3, process.written)
        answer = httpx.get(f"http://{process.address}/health/ready", timeout=30, trust_env=False)
        assert answer.status_code == 503
        assert answer.json() == {
            "process": process.pid, "name": "", "draining": False, "database": False, "why": "OperationalError",
        }  # fmt: skip
    finally:
        process.kill()


def test_what_waits_in_a_transport_is_in_the_two_places_where_the_service_looks() -> None:
    transport = FileDescriptor(reactor=object())
    transport.connected = True
    transport.startWriting = lambda: None
    transport.write(b"x" * 10)
    assert (len(transport.dataBuffer), transport._tempDataLen) == (0, 10)
    transport.writeSomeData = lambda data: 4
    transport.doWrite()
    assert (len(transport.dataBuffer) - transport.offset, transport._tempDataLen) == (6, 0)


async def test_a_client_that_writes_faster_than_anybody_can_read_is_cut_off_and_harms_nobody(
    service: Served, tarnwood: Inbox, maria: Visitor
) -> None:
    sven = await database_sync_to_async(people.visitor)(tarnwood)
    async with by_hand(service, maria) as (_, writer), service.connect(sven) as client:
        flood = masked('{"type": "ping"}') * 1000
        written = 0
        while not await cut_off(writer, flood):
            written += 1000
            assert written < 1_000_000, "it queues any number"
        await say(client, "hello", version=1)
        await hears(client, "welcome")
