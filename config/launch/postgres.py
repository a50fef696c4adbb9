"""One PostgreSQL cluster of our own: TCP on 127.0.0.1, a random password, a folder that stays."""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.bootstrap.screen import Refusal
from config.launch import account, binaries, leftover

USER = DATABASE = "baton"
LOOSE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """A cluster in the folder ``data``. ``durable=False`` gives up safety on a power cut for speed: for tests."""

    def __init__(self, data: Path, port: int, durable: bool = True, connections: int = 100) -> None:
        self.data, self.port, self.durable, self.connections = data, port, durable, connections
        self.password_file = data.with_name(f"{data.name}.password")
        self.account = account.unprivileged()
        self.binaries = binaries.find(self.account)

    @property
    def exists(self) -> bool:
        """Whether the folder holds a cluster."""
        return (self.data / "PG_VERSION").exists()

    @property
    def password(self) -> str:
        """The password of the user `baton`; raises Refusal when it was lost."""
        try:
            return self.password_file.read_text(encoding="ascii")
        except FileNotFoundError as error:
            raise Refusal(
                f"{self.password_file} is gone. Put it back, or remove {self.data} to start afresh."
            ) from error

    def url(self, database: str = DATABASE) -> str:
        """Return the address of a database in it, as DATABASE_URL takes it."""
        return f"postgres://{USER}:{quote(self.password)}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the cluster if it is not there, end one that was left running; raises Refusal if it cannot be used."""
        if not self.exists:
            self.initialise()
            return
        ours, theirs = (
            binaries.major_version(self.binaries),
            (self.data / "PG_VERSION").read_text(encoding="ascii").strip(),
        )
        if ours != theirs:
            raise Refusal(
                f"{self.data} holds data of PostgreSQL {theirs}, but this is PostgreSQL {ours}. Dump it with version "
                f"{theirs} and move the folder away, or set DATABASE_URL to a server of version {theirs}."
            )
        leftover.end(self.data)

    def initialise(self) -> None:
        """Run initdb beside the folder and move the result there, so that a broken run leaves nothing half made."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix="initdb-", dir=self.data.parent))
        try:
            asked = work / "password"
            asked.write_text(secrets.token_urlsafe(24), encoding="ascii")
            asked.chmod(0o600)
            if self.account:
                self.account.give(work)
                self.account.give(asked)
            self.run_initdb(work / "data", asked)
            asked.replace(self.password_file)
            if self.account:
                os.chown(self.password_file, os.geteuid(), os.getegid())
            (work / "data").rename(self.data)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def run_initdb(self, data: Path, password: Path) -> None:
        """Make a cluster; raises Refusal with the last thing that initdb said."""
        as_account = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []} if self.account else {}
        locale = ("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        command = (
            *(str(self.binaries / "initdb"), "-D", str(data), "-U", USER, "-A", "scram-sha-256"),
            *(f"--pwfile={password}", *locale, *(() if self.durable else ("--no-sync",))),
        )
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd="/", text=True, check=False, **as_account,  # type: ignore[call-overload]
        )  # fmt: skip
        if done.returncode != 0:
            errors = [line for line in done.stdout.splitlines() if "error" in line.lower()] or [f"see {data.parent}"]
            raise Refusal(f"PostgreSQL could not make its data folder {self.data}: {errors[0].strip()}")

    def command(self) -> tuple[str, ...]:
        """Return the command that runs the server until SIGINT."""
        usual = ("unix_socket_directories=", "log_checkpoints=off", f"max_connections={self.connections}")
        options = [*usual, *(() if self.durable else LOOSE)]
        flags = [part for option in options for part in ("-c", option)]
        return (str(self.binaries / "postgres"), "-D", str(self.data), "-h", "127.0.0.1", "-p", str(self.port), *flags)

    def ready(self) -> bool:
        """Whether it lets us in."""
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def create_database(self) -> None:
        """Create the database unless it is there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if there is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
