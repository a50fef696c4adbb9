"""A stop of a real `manage.py serve`: what is under way is finished, everybody is told, and it ends in its time."""

from __future__ import annotations

import asyncio
import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from channels.db import database_sync_to_async
from websockets.asyncio.client import connect

from config.launch import ports, probe
from support.management.daphne_server import RESTARTING
from support.models import Inbox, Message, Turn
from tests import people
from tests.people import Visitor
from tests.sockets.serving import PATIENCE_S, Served, by_hand, closed, database_url, hears, say, served
from tests.stack.service import ROOT, wait_for

CLOSING = b"\x88\x09" + RESTARTING.to_bytes(2)  # a close frame with its code (RFC 6455, 5.5.1)
SEND = '{"type": "send", "client_id": "a", "body": "Where is my order?"}'


@pytest.fixture
def service(transactional_db: None, tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as process:
        yield process


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


@contextmanager
def held(visitor: Visitor) -> Iterator[psycopg.Connection]:
    """Keep the conversation's row locked: whoever writes to it waits in the database until the block ends."""
    with psycopg.connect(database_url()) as holder:
        holder.execute("SELECT FROM support_conversation WHERE id = %s FOR UPDATE", [visitor.conversation])
        yield holder


def somebody_waits(holder: psycopg.Connection) -> bool:
    """Whether a statement stands before a lock."""
    query = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    return holder.execute(query).fetchone() is not None


async def until(condition: Callable[[], bool]) -> None:
    """Ask other processes until it holds, without holding up the clients."""
    await asyncio.to_thread(wait_for, condition, PATIENCE_S, lambda: "it did not happen")


async def stop_listening(service: Served) -> None:
    """Ask it to stop, and wait until it has begun to."""
    service.send(signal.SIGTERM)
    await until(lambda: ports.is_free(service.port))


def stored(visitor: Visitor) -> list[str]:
    return list(
        Message.objects.filter(conversation=visitor.conversation, author="customer").values_list("body", flat=True)
    )


async def test_a_stop_tells_every_socket_to_come_back_and_the_process_ends_well(
    service: Served, tarnwood: Inbox
) -> None:
    visitors = [await database_sync_to_async(people.visitor)(tarnwood) for _ in range(3)]
    clients = [await service.connect(visitor) for visitor in visitors]
    for client in clients:
        await say(client, "hello", version=1)
        await hears(client, "welcome")
    service.send(signal.SIGTERM)
    ends = [await closed(client) for client in clients]
    assert [end.rcvd.code if end.rcvd else None for end in ends] == [RESTARTING] * 3
    assert await service.gone() == 0
    assert await asyncio.to_thread(ports.is_free, service.port)
    assert "Traceback" not in service.written()
    assert "cut off" not in service.written()


async def test_a_client_that_does_not_answer_the_closing_holds_nobody_up(service: Served, maria: Visitor) -> None:
    async with by_hand(service, maria) as (reader, _):
        service.send(signal.SIGTERM)
        assert await reader.read(4) == CLOSING
        assert await service.gone() == 0
    assert "cut off" not in service.written()


async def test_every_consumer_takes_its_leave_to_the_end(tmp_path: Path) -> None:
    with bare(tmp_path / "notes") as (process, port):
        clients = [await connect(f"ws://127.0.0.1:{port}/", proxy=None) for _ in range(20)]
        process.send_signal(signal.SIGTERM)
        for client in clients:
            assert (await closed(client)).rcvd
        assert await asyncio.to_thread(process.wait, 20) == 0
    assert (tmp_path / "notes").read_text().count("left\n") == 20


@contextmanager
def bare(notes: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Our server before an application of the tests."""
    port = ports.any_free()
    command = (sys.executable, "-m", "tests.sockets.bare", str(port), str(notes))
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            wait_for(lambda: probe.is_well(port, "/"), PATIENCE_S, lambda: "it does not answer")
            yield process, port
        finally:
            process.kill()


async def test_a_message_that_came_just_before_is_stored_and_its_second_sending_gets_the_first_answer(
    service: Served, maria: Visitor
) -> None:
    async with service.connect(maria) as client:
        await say(client, "hello", version=1)
        await hears(client, "lines")
        with held(maria) as holder:
            await client.send(SEND)
            await until(lambda: somebody_waits(holder))
            service.send(signal.SIGTERM)
            end = await closed(client)
        assert end.rcvd
        assert end.rcvd.code == RESTARTING
        assert await service.gone() == 0
    assert await database_sync_to_async(stored)(maria) == ["Where is my order?"]
    await asyncio.to_thread(service.start)
    await sends_again(service, maria)


async def sends_again(service: Served, visitor: Visitor) -> None:
    """The client comes back and sends what was never acknowledged: it is there once, whatever became of the first."""
    async with service.connect(visitor) as client:
        await say(client, "hello", version=1, after=1)
        await client.send(SEND)
        assert (await hears(client, "accepted"))["seq"] == 2
    assert await database_sync_to_async(stored)(visitor) == ["Where is my order?"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        pytest.param(SEND, 0, id="on the event loop"),  # cancelled
        pytest.param(
            '{"type": "finish"}', 1, id="in a thread"
        ),  # without an end by force it would stay as long as the lock
    ],
)
async def test_a_frame_that_hangs_in_the_database_does_not_keep_the_process_and_leaves_nothing_half_done(
    service: Served, maria: Visitor, frame: str, code: int
) -> None:
    async with service.connect(maria) as client:
        await say(client, "hello", version=1)
        await hears(client, "lines")
        with held(maria) as holder:
            await client.send(frame)
            await until(lambda: somebody_waits(holder))
            service.send(signal.SIGTERM)
            assert await service.gone() == code
    assert "cut off" in service.written()
    await asyncio.to_thread(service.start)
    await sends_again(service, maria)
    assert await database_sync_to_async(Turn.objects.count)() == 1


async def readiness(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[bytes, dict[str, object]]:
    """Ask on a connection that is kept; the head of the answer and what it says."""
    writer.write(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    return head, json.loads(await reader.readexactly(length))


async def test_a_request_under_way_is_answered_while_readiness_says_no_on_open_connections(
    service: Served, maria: Visitor
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    head, before = await readiness(reader, writer)
    assert head.startswith(b"HTTP/1.1 200")
    assert (before["process"], before["draining"]) == (service.pid, False)
    with held(maria) as holder:
        sending = asyncio.create_task(asyncio.to_thread(post, service, maria))
        await until(lambda: somebody_waits(holder))
        await stop_listening(service)
        head, after = await readiness(reader, writer)
        assert head.startswith(b"HTTP/1.1 503")
        assert b"\r\nConnection: close\r\n" in head
        assert after == {"name": "", "process": service.pid, "draining": True}
        assert await reader.read() == b""  # and closed it is
    writer.close()
    assert await sending == {"client_id": "a", "seq": 2}
    assert await service.gone() == 0


def post(service: Served, visitor: Visitor) -> object:
    """Send over HTTP as the widget's page does; the answer."""
    name, token = visitor.cookie
    origin = f"http://{service.address}"
    headers = {"Cookie": f"{name}={token}", "Content-Type": "application/json", "Origin": origin}
    with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE_S)) as connection:
        connection.request("POST", "/api/widget/tarnwood/messages", SEND, headers)
        return json.loads(connection.getresponse().read())


async def test_who_waits_to_be_let_in_is_still_answered(tmp_path: Path) -> None:
    with bare(tmp_path / "notes") as (process, port):
        process.send_signal(signal.SIGSTOP)
        waiting = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) for _ in range(200)]
        for each in waiting:
            each.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        answers = [await asyncio.to_thread(each.recv, 1000) for each in waiting]
        for each in waiting:
            each.close()
        assert {answer[:15] for answer in answers} == {b"HTTP/1.1 200 OK"}
        assert await asyncio.to_thread(process.wait, 20) == 0


async def test_a_socket_that_opens_while_the_process_leaves_is_told_so(service: Served, maria: Visitor) -> None:
    name, token = maria.cookie
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(f"GET /ws/customer/tarnwood HTTP/1.1\r\nHost: {service.address}\r\n".encode())
    await writer.drain()
    assert await asyncio.to_thread(lambda: not ports.is_free(service.port))  # so it has read the first half
    await stop_listening(service)
    rest = (
        f"Origin: http://{service.address}\r\nCookie: {name}={token}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    writer.write(rest.encode())
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
    assert await reader.read(4) == CLOSING
    writer.close()
    assert await service.gone() == 0
