"""`python -m tests.sockets.bare PORT NOTES`: our server before an application that takes its leave slowly.

It answers every request, accepts every socket, and writes a line into the file NOTES when it could end one to the end.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from daphne import server as _first  # noqa: F401  (installs Twisted's asyncio reactor before anything else imports one)

from support.management.daphne_server import listen
from support.management.listener import listening

SLOWLY_S = 0.3


class Bare:
    """An ASGI application."""

    def __init__(self, notes: Path) -> None:
        self.notes = notes

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"here"})
            return
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
        await asyncio.sleep(SLOWLY_S)
        with self.notes.open("a") as file:
            file.write("left\n")


if __name__ == "__main__":
    listen(Bare(Path(sys.argv[2])), listening("127.0.0.1", int(sys.argv[1]), share=False))
