"""Sockets that follow the same conversation share a query, and large screens are read at a pace."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError

from support import log
from support.consumers.reading import Reading
from support.consumers.settling import Pace, Settling
from support.log import live
from support.protocol.parts import Line

CONVERSATION = uuid4()


class Log:
    """A log that grows when told, and counts how often it is read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, end: int) -> None:
        self.end, self.reads = end, list[int]()
        self.may_answer, self.reading = asyncio.Event(), asyncio.Event()
        self.may_answer.set()
        monkeypatch.setattr(live, "since", self.since)

    async def since(self, conversation: object, after: int) -> list[Line]:
        self.reads.append(after)
        lines = [Line(seq, "customer", "", "x", "", "", "", ()) for seq in range(after + 1, self.end + 1)][: log.PAGE]
        self.reading.set()
        async with asyncio.timeout(10):
            await self.may_answer.wait()
        return lines


def seqs(read: tuple[list[Line], bool]) -> list[int]:
    return [line.seq for line in read[0]]


async def test_those_who_ask_together_share_one_query_and_get_their_own_part(monkeypatch: pytest.MonkeyPatch) -> None:
    grown, reading = Log(monkeypatch, 7), Reading()
    parts = await asyncio.gather(*(reading.since(CONVERSATION, after) for after in (5, 3, 7)))
    assert [seqs(part) for part in parts] == [[6, 7], [4, 5, 6, 7], []]
    assert grown.reads == [3]


async def test_nobody_joins_a_query_that_is_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    grown, reading = Log(monkeypatch, 1), Reading()
    grown.may_answer.clear()
    first = asyncio.create_task(reading.since(CONVERSATION, 0))
    await grown.reading.wait()
    grown.end = 2  # committed too late for the first query
    second = asyncio.create_task(reading.since(CONVERSATION, 0))
    await asyncio.sleep(0)
    grown.may_answer.set()
    assert seqs(await first) == [1]
    assert seqs(await second) == [1, 2]


async def test_a_full_page_says_that_there_is_more(monkeypatch: pytest.MonkeyPatch) -> None:
    Log(monkeypatch, log.PAGE + 1)
    lines, more = await Reading().since(CONVERSATION, 0)
    assert (len(lines), more) == (log.PAGE, True)


async def test_a_query_that_fails_fails_for_all_who_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> list[Line]:
        raise psycopg.OperationalError

    monkeypatch.setattr(live, "since", away)
    reading = Reading()
    results = await asyncio.gather(*(reading.since(CONVERSATION, 0) for _ in range(2)), return_exceptions=True)
    assert [type(result) for result in results] == [psycopg.OperationalError] * 2


class Screen:
    """Counts how often it is read, and may fail at first."""

    def __init__(self, failures: int = 0) -> None:
        self.reads = 0
        self.failures = failures
        self.shown = asyncio.Event()

    async def read(self) -> None:
        self.reads += 1
        if self.reads <= self.failures:
            raise OperationalError
        self.shown.set()


async def test_many_changes_are_one_reading() -> None:
    screen = Screen()
    settling = Settling(screen.read, Pace())
    for _ in range(20):
        settling.ask(0.01)
    await screen.shown.wait()
    await asyncio.sleep(0.03)
    assert screen.reads == 1


async def test_a_change_during_a_reading_asks_for_the_next() -> None:
    screen = Screen()
    settling = Settling(screen.read, Pace())
    settling.ask(0.0)
    await screen.shown.wait()
    screen.shown.clear()
    settling.ask(0.0)
    await screen.shown.wait()
    assert screen.reads == 2


async def test_what_is_urgent_does_not_wait_for_what_is_not() -> None:
    screen = Screen()
    settling = Settling(screen.read, Pace())
    settling.ask(3600.0)
    await asyncio.sleep(0)
    settling.ask(0.0)
    async with asyncio.timeout(10):
        await screen.shown.wait()


async def test_a_reading_that_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.consumers.settling.RETRY_S", 0.01)
    screen = Screen(failures=1)
    Settling(screen.read, Pace()).ask(0.0)
    async with asyncio.timeout(10):
        await screen.shown.wait()
    assert screen.reads == 2


async def test_readings_of_a_process_take_turns() -> None:
    pace, at_once, most = Pace(), 0, 0

    async def read() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.002)
        at_once -= 1

    async with asyncio.timeout(10):
        await asyncio.gather(*(pace.run(read) for _ in range(5)))
    assert most == 1
