"""One WebSocket of the load generator, the same for every stack, so that its cost is the same for all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Heard = Callable[[str, float], None]
OPEN_S = 20


class Wire:
    """Reads at once and notes when; what is posted goes out in order and holds nobody up."""

    def __init__(self, socket: ClientConnection, heard: Heard) -> None:
        self.socket, self.heard = socket, heard
        self.outgoing: asyncio.Queue[str] = asyncio.Queue()
        self.closed_with: int | None = None
        self.tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._talk())]

    @classmethod
    async def open(cls, url: str, heard: Heard, origin: str | None = None, cookie: str = "") -> Self:
        """Shake hands. Compression is off, and the stacks' own heartbeats are answered by websockets."""
        headers = {"Cookie": cookie} if cookie else None
        socket = await connect(
            url, origin=origin, additional_headers=headers, compression=None, proxy=None,  # type: ignore[arg-type]
            ping_interval=None, max_size=None, max_queue=None, open_timeout=OPEN_S, close_timeout=2,
        )  # fmt: skip
        return cls(socket, heard)

    def post(self, text: str) -> None:
        """Send, as soon as what was posted before is out."""
        self.outgoing.put_nowait(text)

    async def ended(self) -> int:
        """Wait until the other side closes; the close code, 1006 when there was none."""
        await self.tasks[0]
        return self.closed_with or 1006

    async def close(self) -> None:
        """Hang up. Raises what was wrong with something that was heard."""
        await self.socket.close()
        self.tasks[1].cancel()
        heard, _ = await asyncio.gather(*self.tasks, return_exceptions=True)
        if isinstance(heard, Exception):
            raise heard

    async def _listen(self) -> None:
        try:
            while True:
                text = await self.socket.recv()
                self.heard(str(text), time.monotonic())
        except ConnectionClosed as end:
            self.closed_with = end.rcvd.code if end.rcvd else 1006
            self.tasks[1].cancel()

    async def _talk(self) -> None:
        while True:
            await self.socket.send(await self.outgoing.get())
