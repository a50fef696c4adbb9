"""A web socket by hand: its other end reads and says only what the test does."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from tests.faults.frames import DROPPED
from tests.stack.cast import Customer

CLOSE = 0x88
SMALL = 4096  # bytes of a receive buffer: what the service may still send when nobody reads


@dataclass
class Plain:
    """An open socket of a customer."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str, customer: Customer, origin: str) -> AsyncIterator[Self]:
        """Shake hands."""
        host, port = address.split(":")
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, (host, int(port)))
        reader, writer = await asyncio.open_connection(sock=plain, limit=SMALL)
        lines = (
            f"GET {customer.path} HTTP/1.1",
            f"Host: {address}",
            f"Origin: {origin}",
            f"Cookie: {customer.cookie}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        )
        writer.write("\r\n".join((*lines, "", "")).encode())
        try:
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
            yield cls(reader, writer)
        finally:
            writer.close()

    async def close_code(self) -> int:
        """Read frames until the service closes (RFC 6455, 5.2; it does not mask): its code, or DROPPED."""
        async with asyncio.timeout(20):
            while True:
                try:
                    first, size = await self.reader.readexactly(2)
                    if size >= 126:
                        size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8))
                    payload = await self.reader.readexactly(size)
                except (asyncio.IncompleteReadError, ConnectionError):
                    return DROPPED
                if first == CLOSE:
                    return int.from_bytes(payload[:2])

    async def cut_off(self, data: bytes) -> bool:
        """Say something to who has hung up, perhaps."""
        try:
            self.writer.write(data)
            await self.writer.drain()
        except ConnectionError:
            return True
        return False
