"""Lost hints heal, screens settle, and one reading serves all agents of an inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
import pytest
from asgiref.sync import sync_to_async

from support import push
from support.consumers.board import BOARDS
from support.consumers.sweep import SWEEP
from support.faces import lists
from support.log import live
from support.models import Inbox
from support.push.announcer import Announcer
from support.push.here import Here
from tests import people
from tests.people import Visitor
from tests.sockets.browser import Socket
from tests.sockets.conftest import Connect

SignedIn = Callable[[str], Awaitable[dict[str, str]]]


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


@pytest.fixture
def no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hint is lost."""
    for announcer in (Announcer, Here):
        monkeypatch.setattr(announcer, "announce", lambda *_: None)


async def arrives(connect: Connect, visitor: Visitor) -> Socket:
    socket = await connect("/ws/customer/tarnwood", dict([visitor.cookie]))
    await socket.say("hello", version=1, after=1)
    await socket.hears("welcome")
    await socket.hears_nothing_more()
    return socket


async def test_a_lost_hint_is_healed_by_the_sweep(connect: Connect, maria: Visitor, no_hints: None) -> None:
    socket = await arrives(connect, maria)
    await sync_to_async(maria.says)("written while every hint was lost")
    await SWEEP.look()
    assert (await socket.line("customer"))["body"] == "written while every hint was lost"


async def test_the_sweep_leaves_those_alone_who_have_it_all(
    connect: Connect, maria: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrives(connect, maria)
    read: list[object] = []

    async def since(*values: object) -> list[Any]:
        read.append(values)
        return []

    monkeypatch.setattr(live, "since", since)
    await SWEEP.look()
    assert read == []


async def test_a_reading_that_failed_is_made_up_for_by_the_sweep(
    connect: Connect, maria: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = asyncio.Event()

    async def away(*_: object) -> list[Any]:
        failed.set()
        raise psycopg.OperationalError("the connection is closed")

    socket = await arrives(connect, maria)
    monkeypatch.setattr(live, "since", away)
    await sync_to_async(maria.says)("written while the database could not be read")
    await sync_to_async(push.ANNOUNCER.flush)()
    await asyncio.wait_for(failed.wait(), 10)
    monkeypatch.undo()
    await SWEEP.look()
    assert (await socket.line("customer"))["body"] == "written while the database could not be read"


async def test_lists_that_changed_without_a_hint_are_shown_after_a_sweep(
    connect: Connect, maria: Visitor, tarnwood: Inbox, signed_in: SignedIn, no_hints: None
) -> None:
    await sync_to_async(people.agent)("Ana", tarnwood)
    socket = await connect("/ws/agent", await signed_in("ana"))
    await socket.say("hello", version=1)
    await socket.hears("lists", watch=[])
    await SWEEP.look()
    await sync_to_async(maria.says)("Where is my order?")
    await SWEEP.look()
    assert [row["last_text"] for row in (await socket.hears("lists"))["watch"]] == ["Where is my order?"]


async def test_one_reading_serves_every_agent_of_an_inbox(
    connect: Connect, maria: Visitor, tarnwood: Inbox, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets = []
    for name in ("Ana", "Ben", "Cem"):
        await sync_to_async(people.agent)(name, tarnwood)
        sockets.append(await connect("/ws/agent", await signed_in(name.lower())))
        await sockets[-1].say("hello", version=1)
        await sockets[-1].hears("lists")
    reads: list[set[int]] = []
    read = lists.read

    def counted(inboxes: frozenset[int], agents: set[int]) -> dict[int, Any]:
        reads.append(agents)
        return read(inboxes, agents)

    monkeypatch.setattr(lists, "read", counted)
    await sync_to_async(maria.says)("Where is my order?")
    for socket in sockets:
        while not (await socket.hears("lists"))["watch"]:
            pass  # of a change before
    assert {len(agents) for agents in reads} == {3}
    assert len(reads) < 3


async def test_an_agent_who_leaves_an_inbox_is_shown_it_no_more(
    connect: Connect, maria: Visitor, tarnwood: Inbox, signed_in: SignedIn
) -> None:
    ana = await sync_to_async(people.agent)("Ana", tarnwood)
    await sync_to_async(maria.says)("Where is my order?")
    socket = await connect("/ws/agent", await signed_in("ana"))
    await socket.say("hello", version=1)
    assert len((await socket.hears("lists"))["watch"]) == 1
    await sync_to_async(ana.inboxes.clear)()
    await socket.say("ping")
    assert (await socket.hears("lists"))["watch"] == []


async def test_a_board_goes_with_its_last_reader(connect: Connect, tarnwood: Inbox, signed_in: SignedIn) -> None:
    await sync_to_async(people.agent)("Ana", tarnwood)
    socket = await connect("/ws/agent", await signed_in("ana"))
    await socket.say("hello", version=1)
    await socket.hears("lists")
    await socket.close()
    assert BOARDS.boards == {}
