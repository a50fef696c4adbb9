"""The network between a client and the service: a TCP proxy that can be cut, go half open, or lose one direction."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Self


class Wire:
    """Stands at an address of its own in front of ``target`` (host:port)."""

    def __init__(self, target: str) -> None:
        self.host, port = target.split(":")
        self.port = int(port)
        self.connected = True
        self.pairs: set[Pair] = set()

    async def __aenter__(self) -> Self:
        """Listen."""
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        self.cut()

    @property
    def address(self) -> str:
        """Host and port for the client."""
        return f"127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Every connection ends with a reset on both sides; new ones are taken while ``connected``."""
        for pair in tuple(self.pairs):
            pair.abort()

    def go_down(self) -> None:
        """Cut, and take nobody until ``connected`` is set again."""
        self.connected = False
        self.cut()

    def go_half_open(self) -> None:
        """The present connections stay open, and what is said on them is swallowed, both ways."""
        for pair in self.pairs:
            pair.up = pair.down = False

    def lose_answers(self) -> None:
        """On the present connections the service hears the client, and the client hears nothing."""
        for pair in self.pairs:
            pair.down = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.connected:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
        except OSError:
            writer.transport.abort()
            return
        pair = Pair(writer, far_writer)
        self.pairs.add(pair)
        try:
            await asyncio.gather(pair.carry(reader, far_writer, up=True), pair.carry(far_reader, writer, up=False))
        finally:
            self.pairs.discard(pair)


class Pair:
    """One connection, and its other half to the service."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.near, self.far = near, far
        self.up = self.down = True

    def abort(self) -> None:
        """Reset both halves."""
        self.near.transport.abort()
        self.far.transport.abort()

    async def carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, up: bool) -> None:
        """Pass bytes on in one direction until it ends; what is swallowed counts as passed."""
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if self.up if up else self.down:
                    sink.write(data)
                    await sink.drain()
        sink.close()
