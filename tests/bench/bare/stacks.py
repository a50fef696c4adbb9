"""The bare stacks as processes: raw.py under uvicorn and under Daphne, Socket.IO under Node."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from config.launch import ports, processes
from config.launch.processes import Program
from tests.bench.bare.chats import PlainChat, SocketIOChat
from tests.bench.bare.tools import SOCKETIO, UVICORN
from tests.bench.ledger import Stored
from tests.stack.service import PASSED_ON, ROOT, wait_for

START_S = 30
SCHEMA = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
RAW = "tests.bench.bare.raw:application"


class Bare:
    """One server process on a database of its own."""

    def __init__(self, name: str, command: tuple[str, ...], chat: type[PlainChat | SocketIOChat], **told: str) -> None:
        """``command`` may say {port}."""
        self.name, self.chat = name, chat
        self.port = ports.any_free()
        self.command = tuple(part.format(port=self.port) for part in command)
        self.told = told
        self.database_url = told["DATABASE_URL"]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the tables and start the server."""
        with psycopg.connect(self.database_url) as database:
            database.execute(SCHEMA)
        program = Program(self.name, self.command, self._environment(), self._listens, ROOT)
        self.process = processes.start(program, subprocess.DEVNULL)
        wait_for(lambda: self._listens() or self._ended(), START_S, lambda: f"{self.name} does not listen")
        assert not self._ended(), f"{self.name} did not start: {' '.join(self.command)}"

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def processes(self) -> dict[str, int]:
        """The one."""
        assert self.process
        return {"server": self.process.pid}

    async def open(self, count: int) -> Sequence[PlainChat | SocketIOChat]:
        """New conversations; there is nobody to authenticate."""
        names = [uuid.uuid4().hex for _ in range(count)]
        with psycopg.connect(self.database_url) as database:
            database.cursor().executemany("INSERT INTO conversation (id) VALUES (%s)", [(name,) for name in names])
        chats = [self.chat() for _ in names]
        for chat, name in zip(chats, names, strict=True):
            await chat.join(f"127.0.0.1:{self.port}", name)
        return chats

    def owed(self) -> int:
        """Nothing is left to do after the acknowledgement and the sighting."""
        return 0

    async def rest(self) -> None:
        """So there is nothing to wait for."""

    def stored(self, client_ids: str) -> list[Stored]:
        """Lines of both sides."""
        with psycopg.connect(self.database_url) as database:
            query = "SELECT client_id, seq FROM message WHERE starts_with(client_id, %s)"
            return database.execute(query, [client_ids]).fetchall()

    def _environment(self) -> Mapping[str, str]:
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {**kept, **self.told, "PORT": str(self.port)}

    def _ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _listens(self) -> bool:
        return not ports.is_free(self.port)


def uvicorn(database_url: str) -> Bare:
    """The leanest that Python has: uvicorn with uvloop, httptools and websockets."""
    command = (
        sys.executable,
        "-m",
        "uvicorn",
        RAW,
        "--host",
        "127.0.0.1",
        "--port",
        "{port}",
        "--log-level",
        "warning",
    )
    options = ("--loop", "uvloop", "--http", "httptools", "--ws", "websockets", "--ws-per-message-deflate", "false")
    told = {"DATABASE_URL": database_url, "PYTHONPATH": str(UVICORN)}
    return Bare("raw ASGI, uvicorn", (*command, "--lifespan", "off", *options), PlainChat, **told)


def daphne(database_url: str) -> Bare:
    """The same application under the server that Baton embeds: the difference is what that server costs."""
    command = (sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "-v", "0", RAW)
    return Bare("raw ASGI, Daphne", command, PlainChat, DATABASE_URL=database_url)


def socketio(database_url: str) -> Bare:
    """Socket.IO as its own documentation starts it."""
    command = ("node", str(SOCKETIO / "server.mjs"))
    return Bare("Socket.IO", command, SocketIOChat, DATABASE_URL=database_url, NODE_ENV="production")
