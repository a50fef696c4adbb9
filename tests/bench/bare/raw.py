"""A bare stack: an ASGI application that stores a line durably, acknowledges it and shows it to the room.

It does what any chat must do and nothing more. It does not authenticate, judge, limit, name sends, or catch up after a
lost connection, and rooms reach no other process. A socket's frames are taken one after the other, as Baton takes them.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor
from psycopg_pool import AsyncConnectionPool

APPEND = Path(__file__).with_name("append.sql").read_text(encoding="utf-8")
CONNECTIONS = 16
Event = dict[str, Any]
Send = Callable[[Event], Awaitable[None]]

rooms: dict[str, set[Send]] = defaultdict(set)
opening = asyncio.Lock()
pool: AsyncConnectionPool[AsyncConnection[tuple[int]]] = AsyncConnectionPool(
    os.environ["DATABASE_URL"],
    kwargs={"autocommit": True, "cursor_factory": AsyncRawCursor},
    min_size=CONNECTIONS,
    max_size=CONNECTIONS,
    open=False,
)


async def application(scope: Event, receive: Callable[[], Awaitable[Event]], send: Send) -> None:
    """``/<author>/<conversation>`` is a socket of a room."""
    if scope["type"] != "websocket":
        raise NotImplementedError("only sockets")
    async with opening:  # Daphne has no lifespan
        await pool.open(wait=True)
    _, author, conversation = scope["path"].split("/")
    await receive()
    await send({"type": "websocket.accept"})
    room = rooms[conversation]
    room.add(send)
    try:
        while (event := await receive())["type"] == "websocket.receive":
            await take(json.loads(event["text"]), author, conversation, send)
    finally:
        room.discard(send)


async def take(frame: dict[str, str], author: str, conversation: str, send: Send) -> None:
    """Store, acknowledge, show."""
    async with pool.connection() as connection:
        cursor = await connection.execute(APPEND, [conversation, author, frame["client_id"], frame["body"]])
        row = await cursor.fetchone()
    assert row
    await say(send, {"type": "accepted", "client_id": frame["client_id"], "seq": row[0]})
    line = {"type": "line", "seq": row[0], "author": author, **frame}
    await asyncio.gather(*(say(other, line) for other in rooms[conversation] if other is not send))


async def say(send: Send, frame: dict[str, Any]) -> None:
    """Send one frame."""
    await send({"type": "websocket.send", "text": json.dumps(frame)})
