"""A real `manage.py serve` on the tests' own database, and what a client says to it."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from config.launch import ports
from tests.people import Visitor
from tests.stack.service import Web, environment

PATIENCE_S = 10


class Served(Web):
    """One web process. Its port is its public address."""

    def connect(self, visitor: Visitor, **options: Any) -> connect:
        """The widget's socket, as its page opens it."""
        name, token = visitor.cookie
        headers = {"Cookie": f"{name}={token}", **options.pop("headers", {})}
        return connect(
            f"ws://{self.address}/ws/customer/{visitor.inbox.key}",
            origin=Origin(f"http://{self.address}"),
            additional_headers=headers,
            proxy=None,
            **options,
        )

    def memory(self) -> int:
        """Resident bytes (proc(5))."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    async def gone(self) -> int:
        """Wait for its end without holding up the clients; the exit code."""
        return await asyncio.to_thread(self.ended, 20)


def database_url() -> str:
    """The tests' own database, as DATABASE_URL takes it."""
    found = connection.settings_dict
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@contextmanager
def served(logs: Path, **told: str) -> Iterator[Served]:
    """A process that is ready; gone at the end whatever happened. ``told`` is environment of its own."""
    port = ports.any_free()
    values = environment(database_url(), f"http://127.0.0.1:{port}", **told)
    process = Served("web", values, logs, port=port)
    try:
        process.start()
        yield process
    finally:
        process.kill()


async def say(client: ClientConnection, kind: str, **values: Any) -> None:
    """Send a frame."""
    await client.send(json.dumps({"type": kind, **values}))


async def hears(client: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this type."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            frame: dict[str, Any] = json.loads(await client.recv())
            if frame["type"] == kind:
                return frame


async def closed(client: ClientConnection) -> ConnectionClosed:
    """Read until the other side closes; how it did."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                await client.recv()
    except ConnectionClosed as end:
        return end


@asynccontextmanager
async def by_hand(
    service: Served, visitor: Visitor
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A socket whose other end reads and says only what the test does."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", service.port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
    name, token = visitor.cookie
    lines = (
        f"GET /ws/customer/{visitor.inbox.key} HTTP/1.1",
        f"Host: {service.address}",
        f"Origin: http://{service.address}",
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
