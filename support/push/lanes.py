"""Connections for the event loop of a web process: the log's own statements, without a thread and without a hop.

A lane is one connection and one task. A statement waits for the first lane that is free; lanes open when there is more
to do than lanes, and a lane that rested closes, so that a quiet process holds none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection

NAME = "baton lane"  # as pg_stat_activity shows it
COUNT = 12
CONNECT_S = 3
REST_S = 5.0
Rows = list[tuple[Any, ...]]
Lane = psycopg.AsyncConnection[Any]


@dataclass(eq=False, slots=True)
class Job:
    """One statement, and where its rows go."""

    sql: str
    values: Mapping[str, Any]
    rows: asyncio.Future[Rows]

    def fail(self, error: psycopg.Error) -> None:
        """Tell whoever asked."""
        if not self.rows.done():
            self.rows.set_exception(error)


class Lanes:
    """At most ``count`` statements at once, each in autocommit: its answer means committed."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._start_over()

    def _start_over(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self.lanes: set[asyncio.Task[None]] = set()
        self._resting = 0
        self.under_way = 0

    async def fetch(self, sql: str, values: Mapping[str, Any]) -> Rows:
        """Run one statement and return its rows.

        Raises:
            psycopg.Error: what the statement ended with; OperationalError also when there is no connection.
        """
        self._own_loop()
        job = Job(sql, values, asyncio.get_running_loop().create_future())
        self._jobs.put_nowait(job)
        if self._jobs.qsize() > self._resting and len(self.lanes) < self._count:
            lane = asyncio.create_task(self._run())
            self.lanes.add(lane)
            lane.add_done_callback(self.lanes.discard)
        self.under_way += 1
        try:
            return await job.rows
        finally:
            self.under_way -= 1

    async def close(self) -> None:
        """Let go of every connection; the next statement opens one again."""
        lanes = tuple(self.lanes)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    def _own_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # each test has a loop of its own
            self._start_over()
            self._loop = loop

    async def _run(self) -> None:
        lane: Lane | None = None
        try:
            while job := await self._next():
                if lane is None or lane.closed:
                    lane = await _open(job)
                if lane:
                    await _do(job, lane)
        finally:
            if lane:
                await lane.close()

    async def _next(self) -> Job | None:
        self._resting += 1
        try:
            return await asyncio.wait_for(self._jobs.get(), REST_S)
        except TimeoutError:
            # A job that came in this very moment was counted on this lane.
            return None if self._jobs.empty() else self._jobs.get_nowait()
        finally:
            self._resting -= 1


async def _open(job: Job) -> Lane | None:
    """A connection for this job; None when there is none, which the job is told."""
    try:
        return await psycopg.AsyncConnection.connect(**_parameters(), autocommit=True)
    except psycopg.Error as error:
        job.fail(error)
        return None


async def _do(job: Job, lane: Lane) -> None:
    try:
        cursor = await lane.execute(job.sql, job.values)
        rows = await cursor.fetchall()
    except psycopg.Error as error:
        job.fail(error)
    else:
        if not job.rows.done():  # else whoever asked has gone
            job.rows.set_result(rows)


def _parameters() -> dict[str, Any]:
    found = connection.get_connection_params()
    named = {key: found[key] for key in ("dbname", "user", "password", "host", "port") if found.get(key)}
    return {**named, "application_name": NAME, "connect_timeout": CONNECT_S, "options": "-c TimeZone=UTC"}


LANES = Lanes(COUNT)
