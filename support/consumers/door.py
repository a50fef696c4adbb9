"""What both doors share: no hop to the one shared thread, a bounded executor for the database, one way to fail."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from channels.consumer import get_handler_name
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import connection

from support.protocol import BadFrame, Frame, dump, parse
from support.protocol.customer import Error

THREADS = ThreadPoolExecutor(8, thread_name_prefix="door")
WINDOW_S = 10
UNAUTHENTICATED = 4401
FORBIDDEN = 4403
logger = logging.getLogger(__name__)


async def db[T](function: Callable[..., T], *args: Any) -> T:
    """Run a database function on the executor; its connection goes back to the pool afterwards."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, _run, function, args)


def _run[T](function: Callable[..., T], args: tuple[Any, ...]) -> T:
    try:
        return function(*args)
    finally:
        connection.close()


class Door(AsyncWebsocketConsumer):  # type: ignore[misc]
    """Parses frames of one direction and calls ``on_<type>``; a bad frame gets an ``error`` and the connection lives."""

    incoming: Mapping[str, type[Frame]]

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels would await close_old_connections on the one shared thread for every frame; no connection lives there."""
        await getattr(self, get_handler_name(message))(message)

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        """Check the Origin, then let the door decide. Refusals close after accepting, so that a browser sees the code."""
        self.groups_joined: set[str] = set()
        self.sent_at: deque[float] = deque(maxlen=settings.SEND_LIMIT)
        await self.accept()
        code = FORBIDDEN if not self._own_page() else await self.enter()
        if code:
            await self.close(code=code)

    async def enter(self) -> int | None:
        """Authenticate. Returns the close code of a refusal, or None."""
        raise NotImplementedError

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Parse and call; a frame that cannot be taken is an answer, not a crash."""
        try:
            frame = parse(text_data, self.incoming)
            await getattr(self, f"on_{frame.type}")(frame)
        except BadFrame as bad:
            await self.say(Error(bad.code, bad.detail))

    async def say(self, frame: Frame) -> None:
        """Send one frame."""
        await self.send(text_data=dump(frame))

    async def follow(self, group: str) -> None:
        """Join a group of hints."""
        self.groups_joined.add(group)
        await self.channel_layer.group_add(group, self.channel_name)

    async def unfollow(self, group: str) -> None:
        """Leave a group of hints."""
        self.groups_joined.discard(group)
        await self.channel_layer.group_discard(group, self.channel_name)

    async def disconnect(self, code: int) -> None:
        """Leave every group."""
        for group in tuple(self.groups_joined):
            await self.unfollow(group)

    def too_fast(self) -> bool:
        """Whether this socket has sent its share of messages in the last ten seconds."""
        now = time.monotonic()
        if len(self.sent_at) == self.sent_at.maxlen and now - self.sent_at[0] < WINDOW_S:
            return True
        self.sent_at.append(now)
        return False

    def _own_page(self) -> bool:
        origin = dict(self.scope["headers"]).get(b"origin", b"").decode("latin-1")
        return origin == settings.PUBLIC_URL and bool(urlsplit(origin).hostname)
