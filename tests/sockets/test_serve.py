"""A real `manage.py serve`: it drains on SIGTERM, and a client that never reads harms nobody but itself."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
import pytest_asyncio
from channels.db import database_sync_to_async
from django.db import connection
from twisted.internet.abstract import FileDescriptor
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.launch import ports, probe
from support import log
from support.management.daphne_server import BUFFER_BYTES, DRAIN_S, RESTARTING
from support.models import Inbox
from support.protocol.frames import MAX_BODY
from tests import people
from tests.people import Visitor

ROOT = Path(__file__).resolve().parents[2]
START_S = 30
MIB = 1 << 20


@dataclass
class Service:
    """The process and its address."""

    process: subprocess.Popen[bytes]
    port: int

    def connect(self, visitor: Visitor, **options: Any) -> connect:
        """The widget's socket, as its page opens it."""
        name, token = visitor.cookie
        address = f"127.0.0.1:{self.port}"
        return connect(
            f"ws://{address}/ws/customer/{visitor.inbox.key}",
            origin=f"http://{address}",  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{name}={token}"},
            proxy=None,
            **options,
        )

    def memory(self) -> int:
        """Resident bytes (proc(5))."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    async def ended(self) -> int:
        """The exit code."""
        return await asyncio.to_thread(self.process.wait, 20)


@pytest_asyncio.fixture
async def service(transactional_db: None, tmp_path: Path) -> AsyncIterator[Service]:
    """Started on the tests' own database; gone at the end whatever happened."""
    port = ports.any_free()
    found = connection.settings_dict
    url = f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    told = {"DATABASE_URL": url, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with (tmp_path / "serve.log").open("wb") as output:
        process = _start(port, told, output)
        try:
            await asyncio.to_thread(_wait, process, port, tmp_path / "serve.log")
            yield Service(process, port)
        finally:
            process.kill()
            process.wait()


def _start(port: int, told: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=output, stderr=output)


def _wait(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    deadline = time.monotonic() + START_S
    while not probe.is_well(port, "/health/ready"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the service did not start:\n{output.read_text()}")
        time.sleep(0.05)  # another process: there is no event to wait for


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


async def say(client: ClientConnection, kind: str, **values: Any) -> None:
    await client.send(json.dumps({"type": kind, **values}))


async def hears(client: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this type."""
    async with asyncio.timeout(10):
        while True:
            frame: dict[str, Any] = json.loads(await client.recv())
            if frame["type"] == kind:
                return frame


async def closed(client: ClientConnection) -> ConnectionClosed:
    """Read until the other side closes; how it did."""
    try:
        async with asyncio.timeout(10):
            while True:
                await client.recv()
    except ConnectionClosed as end:
        return end


def long_log(visitor: Visitor) -> int:
    """Fill a log beyond one page; the bytes that one hello brings back at least."""
    for number in range(log.PAGE):
        visitor.says("x" * MAX_BODY, client_id=str(number))
    return log.PAGE * MAX_BODY


async def test_a_message_goes_in_and_comes_back_over_a_real_socket(service: Service, maria: Visitor) -> None:
    async with service.connect(maria) as client:
        await say(client, "hello", version=1)
        await hears(client, "lines")
        await say(client, "send", client_id="a", body="Where is my order?")
        assert (await hears(client, "accepted"))["seq"] == 2
        assert (await hears(client, "lines"))["items"][0]["body"] == "Where is my order?"


async def test_a_log_longer_than_a_frame_of_the_client_may_be_arrives_whole(service: Service, maria: Visitor) -> None:
    await database_sync_to_async(long_log)(maria)
    async with service.connect(maria, max_size=None) as client:
        await say(client, "hello", version=1)
        pages = [await hears(client, "lines") for _ in range(2)]
    assert [page["more"] for page in pages] == [True, False]
    assert [line["seq"] for page in pages for line in page["items"]] == list(range(1, log.PAGE + 2))


async def test_a_frame_beyond_all_measure_ends_the_connection_that_sent_it(service: Service, maria: Visitor) -> None:
    async with service.connect(maria) as client, service.connect(maria) as other:
        await client.send("x" * (64 * 1024 + 1))
        await closed(client)
        await say(other, "ping")
        await hears(other, "heartbeat")


async def test_a_stop_tells_every_socket_to_come_back_and_the_process_ends_well(
    service: Service, tarnwood: Inbox
) -> None:
    visitors = [await database_sync_to_async(people.visitor)(tarnwood) for _ in range(3)]
    clients = [await service.connect(visitor) for visitor in visitors]
    for client in clients:
        await say(client, "hello", version=1)
        await hears(client, "welcome")
    service.process.send_signal(signal.SIGTERM)
    ends = [await closed(client) for client in clients]
    assert [end.rcvd.code if end.rcvd else None for end in ends] == [RESTARTING] * 3
    assert await service.ended() == 0
    assert await asyncio.to_thread(ports.is_free, service.port)


async def test_a_client_that_does_not_answer_the_closing_holds_nobody_up(service: Service, maria: Visitor) -> None:
    async with by_hand(service, maria) as (reader, _):
        service.process.send_signal(signal.SIGTERM)
        assert await reader.read(4) == b"\x88\x09" + RESTARTING.to_bytes(2)  # a close frame with its code
        began = time.monotonic()
        assert await service.ended() == 0
        assert time.monotonic() - began < DRAIN_S + 1


@asynccontextmanager
async def by_hand(
    service: Service, visitor: Visitor
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A socket whose other end reads and says only what the test does."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", service.port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
    name, token = visitor.cookie
    address = f"127.0.0.1:{service.port}"
    lines = (
        f"GET /ws/customer/{visitor.inbox.key} HTTP/1.1",
        f"Host: {address}",
        f"Origin: http://{address}",
        f"Cookie: {name}={token}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    writer.write("\r\n".join((*lines, "", "")).encode())
    try:
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 101")
        yield reader, writer
    finally:
        writer.close()


def masked(text: str) -> bytes:
    """A text frame of a client (RFC 6455, 5.2); a mask of zeros changes nothing."""
    body = text.encode()
    assert len(body) < 126
    return bytes((0x81, 0x80 | len(body))) + bytes(4) + body


async def test_a_client_that_never_reads_is_cut_off_while_another_is_served_and_memory_stays_bounded(
    service: Service, tarnwood: Inbox, maria: Visitor
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


def test_what_waits_in_a_transport_is_in_the_two_places_where_the_service_looks() -> None:
    transport = FileDescriptor(reactor=object())
    transport.connected = True
    transport.startWriting = lambda: None
    transport.write(b"x" * 10)
    assert (len(transport.dataBuffer), transport._tempDataLen) == (0, 10)
    transport.writeSomeData = lambda data: 4
    transport.doWrite()
    assert (len(transport.dataBuffer) - transport.offset, transport._tempDataLen) == (6, 0)
