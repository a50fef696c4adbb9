"""Frames in, frames out, through the real config.asgi and real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.test import Client

from support.consumers import sweep
from support.models import Inbox
from support.push.lanes import LANES
from tests import people
from tests.sockets.browser import Socket
from tests.sockets.redis_server import RedisServer

Connect = Callable[..., Awaitable[Socket]]


@pytest.fixture
def tarnwood(transactional_db: None) -> Inbox:
    """The website of most tests; rows are committed, because the sockets have connections of their own."""
    return people.inbox()


@pytest.fixture(autouse=True)
def no_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hints have to arrive by themselves; what heals a lost one has tests of its own."""
    monkeypatch.setattr(sweep, "SWEEP_S", 3600.0)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis that is not started yet; whatever state it is in, it is gone at the end."""
    made = RedisServer(tmp_path)
    yield made
    made.kill()


@pytest.fixture
def started_redis(redis_server: RedisServer) -> RedisServer:
    """A Redis that answers."""
    redis_server.start()
    return redis_server


@pytest_asyncio.fixture
async def connect(transactional_db: None) -> AsyncIterator[Connect]:
    """Open sockets; all are closed at the end."""
    opened: list[Socket] = []

    async def _connect(path: str, cookies: dict[str, str] | None = None, origin: str = settings.PUBLIC_URL) -> Socket:
        socket = await Socket.open(path, cookies or {}, origin)
        opened.append(socket)
        return socket

    yield _connect
    for socket in opened:
        await socket.close()
    await get_channel_layer().flush()
    await LANES.close()


@pytest.fixture
def signed_in() -> Callable[[str], Awaitable[dict[str, str]]]:
    """The cookies of an agent after logging in."""

    def _log_in(username: str) -> dict[str, str]:
        client = Client()
        assert client.login(username=username, password=people.PASSWORD)
        return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    return sync_to_async(_log_in)
