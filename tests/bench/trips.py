"""Statements a message, counted by PostgreSQL itself (pg_stat_statements).

Each is a round trip, except those that PostgreSQL puts to itself at a commit: foreign keys are checked by statements too.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from dataclasses import dataclass

import psycopg

from tests.bench.baton import Baton
from tests.bench.load import Load

Statement = tuple[str, bool]  # its text, and whether it is PostgreSQL's own
MESSAGES = 40
IDLE_S = 4.0
MOST = 20
TRACK = (
    "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
    "ALTER SYSTEM SET \"pg_stat_statements.track\" = 'top'",
    "SELECT pg_reload_conf()",
)
OF_ITS_OWN = "SELECT % FROM ONLY % FOR KEY SHARE OF x"
COUNTS = """
SELECT query, query LIKE %s, sum(calls)::integer FROM pg_stat_statements JOIN pg_database ON oid = dbid
WHERE datname = current_database() AND query NOT LIKE '%%pg_stat_statements%%' GROUP BY query
"""


@dataclass(frozen=True)
class Trips:
    """Statements a message; what runs when nobody writes is taken off. ``most`` names the most frequent ones.

    ``checks`` are those of PostgreSQL's own, for both processes.
    """

    web: float
    worker: float
    checks: float
    idle_per_second: float
    most: dict[str, float]


async def measure(baton: Baton) -> Trips:
    """One chat, messages one at a time: with the worker frozen for the web's share, then with both."""
    with psycopg.connect(baton.database_url, autocommit=True) as database:
        for statement in TRACK:
            database.execute(statement)
        chats = await baton.open(1)
        load = Load(chats)
        baton.worker.send(signal.SIGSTOP)
        try:
            web, _ = await _counted(database, load, baton, rest=False)
        finally:
            baton.worker.send(signal.SIGCONT)
        await baton.rest()
        both, idle = await _counted(database, load, baton, rest=True)
        await chats[0].close()
    alone, together = _asked(web), _asked(both)
    most = {" ".join(query.split())[:160]: calls / MESSAGES for (query, _), calls in both.most_common(MOST)}
    return Trips(
        web=alone / MESSAGES,
        worker=(together - alone) / MESSAGES,
        checks=(both.total() - together) / MESSAGES,
        idle_per_second=idle,
        most=most,
    )


async def _counted(
    database: psycopg.Connection, load: Load, baton: Baton, rest: bool
) -> tuple[Counter[Statement], float]:
    await asyncio.sleep(1)  # what the last step brought about is over
    before = _counts(database)
    await asyncio.sleep(IDLE_S)
    idle = _counts(database) - before
    before, began = _counts(database), time.monotonic()
    await load.one_by_one(MESSAGES)
    await asyncio.sleep(1)
    if rest:
        await baton.rest()
    spent = _counts(database) - before
    share = (time.monotonic() - began) / IDLE_S
    usual = Counter({statement: round(calls * share) for statement, calls in idle.items()})
    return spent - usual, idle.total() / IDLE_S


def _asked(counts: Counter[Statement]) -> int:
    return sum(calls for (_, own), calls in counts.items() if not own)


def _counts(database: psycopg.Connection) -> Counter[Statement]:
    rows = database.execute(COUNTS, [OF_ITS_OWN]).fetchall()
    return Counter({(query, own): calls for query, own, calls in rows})
