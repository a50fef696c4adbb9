"""A PostgreSQL of our own that can be stopped, killed and started again on the same port."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

from config.launch import commands, for_tests, ports, processes
from config.launch import database as launch
from config.launch.postgres import DATABASE, Cluster
from config.launch.processes import Program
from tests.stack.service import ROOT, begin, environment


class Database:
    """An empty, migrated database. ``durable`` leaves fsync and synchronous_commit on, as in earnest."""

    def __init__(self, durable: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="baton-stack-"))
        self.folder.chmod(0o711)  # passable: as root, PostgreSQL runs under another account
        self.cluster = Cluster(launch.data_folder(self.folder), ports.any_free(), durable)
        self.log = self.folder / "postgres.log"
        self.program = Program(
            "postgres", self.cluster.command(), {"LC_ALL": "C"}, self.cluster.ready, account=self.cluster.account,
            stop=signal.SIGINT, orphaned=signal.SIGINT,
        )  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Make the cluster, start it, migrate. Raises Refusal; then nothing is left behind."""
        try:
            self.cluster.prepare()
            self.start()
            self.cluster.create_database()
            self._migrate(self.url)
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def url(self) -> str:
        """As DATABASE_URL takes it."""
        return self.cluster.url()

    @property
    def pid(self) -> int:
        """The postmaster's."""
        assert self.process
        return self.process.pid

    def connect(self, name: str = DATABASE) -> psycopg.Connection:
        """A connection of the caller's own, outside the service; each statement commits by itself."""
        return psycopg.connect(self.cluster.url(name), autocommit=True, connect_timeout=5)

    def start(self) -> None:
        """Start it, again on the same port, and wait until it lets us in; after a kill it recovers first."""
        with self.log.open("ab") as output:
            self.process = begin(self.program, output)
        for_tests.wait(self.process, self.program, self.log)

    def mend(self) -> None:
        """Start it if it is down."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def stop(self) -> None:
        """Stop it in order ("fast"): sessions end, everything is written down."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Stop it at once ("immediate"): no session is told, nothing more is written; the next start recovers."""
        self._end(signal.SIGQUIT)

    def remove(self) -> None:
        """Stop it and remove every file."""
        if self.process:
            processes.stop(self.process, self.program)
        parent = self.cluster.data.parent
        for_tests.remove(*([] if parent == self.folder else [parent]), self.folder)

    def _end(self, how: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(how)
        self.process.wait(60)

    def add(self, name: str) -> str:
        """One more database in this cluster, migrated too; its address."""
        with self.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self._migrate(self.cluster.url(name))
        return self.cluster.url(name)

    def _migrate(self, url: str) -> None:
        told = environment(url, "http://127.0.0.1")
        commands.run("migrate", (sys.executable, "manage.py", "migrate"), told, ROOT, self.folder / "migrate.log")
