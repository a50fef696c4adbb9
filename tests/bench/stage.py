"""The stage: one durable PostgreSQL with a database for each stack, and the stacks on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psycopg

from config.bootstrap.screen import Screen
from tests.bench.bare import stacks as bare_stacks
from tests.bench.bare import tools
from tests.bench.baton import Baton
from tests.bench.chat import Stack
from tests.stack.database import Database

# The counters are loaded and off until they are wanted, so that they cost no stack anything.
COUNTERS = (
    "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'",
    "ALTER SYSTEM SET \"pg_stat_statements.track\" = 'none'",
)


@dataclass
class Stage:
    """Everything that is measured, running."""

    database: Database
    baton: Baton
    stacks: list[Stack]


@contextmanager
def stage(rasa_url: str, rasa_token: str, screen: Screen, bare: bool = True) -> Iterator[Stage]:
    """Start everything and end it afterwards; ``bare`` brings the other stacks. Raises Refusal."""
    with ExitStack() as ends:
        with screen.step("PostgreSQL"):
            database = ends.enter_context(Database(durable=True))
            _load_counters(database)
        baton = Baton(database.url, database.folder / "logs", RASA_URL=rasa_url, RASA_TOKEN=rasa_token)
        others = _bare(database, screen) if bare else []
        stacks: list[Stack] = [baton, *others]
        for stack in stacks:
            ends.callback(stack.stop)
            with screen.step(stack.name):
                stack.start()
        yield Stage(database, baton, stacks)


def _load_counters(database: Database) -> None:
    with database.connect() as connection:
        for statement in COUNTERS:
            connection.execute(statement)
    database.stop()
    database.start()


def _bare(database: Database, screen: Screen) -> list[bare_stacks.Bare]:
    with screen.step("packages of the bare stacks"):
        tools.install()
    kinds = {
        "bench_uvicorn": bare_stacks.uvicorn,
        "bench_daphne": bare_stacks.daphne,
        "bench_socketio": bare_stacks.socketio,
    }
    with psycopg.connect(database.cluster.url("postgres"), autocommit=True) as connection:
        for name in kinds:
            connection.execute(f"CREATE DATABASE {name}")
    return [make(database.cluster.url(name)) for name, make in kinds.items()]
