"""The stack of the fault suite, started: hooked processes with short heartbeats and leases."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.scene import AGENTS, Stack
from tests.stack.bot import Bot
from tests.stack.cast import Cast
from tests.stack.database import Database
from tests.stack.service import Service

HOOKED = (sys.executable, "-m", "tests.faults.hooked")
QUICK = {"HEARTBEAT_S": "2", "TURN_LEASE_S": "5", "BOT_TIMEOUT_S": "2"}
MANAGER = "helen"


@contextmanager
def started(logs: Path, **more: str) -> Iterator[Stack]:
    """Two web processes and two workers on a database that is as durable as in earnest; ``more`` is their environment."""
    with Database() as database, Bot() as bot:
        service = service_for(database.url, bot, logs, **more)
        cast = Cast(service)
        cast.make(AGENTS, (MANAGER,))
        for _ in range(2):
            service.add_web()
            service.add_worker()
        try:
            service.start()
            yield Stack(database, bot, service, cast)
        finally:
            service.kill()


def service_for(database_url: str, bot: Bot, logs: Path, **more: str) -> Service:
    """No process yet."""
    return Service(database_url, logs, HOOKED, RASA_URL=bot.url, RASA_TOKEN="bot", **{**QUICK, **more})
