"""The log on the event loop: the same answers as elsewhere, whatever becomes of the connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.db import connection
from pytest_django.fixtures import Settings

from support import handoff, log
from support.log import live
from support.models import Inbox, Message
from support.push import announcer
from support.push.here import Here
from support.push.hint_layer import HintLayer
from support.push.lanes import LANES, NAME, Lanes
from tests import people
from tests.people import Visitor


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


@pytest_asyncio.fixture
async def lanes() -> AsyncIterator[Lanes]:
    made = Lanes(3)
    yield made
    await made.close()


@pytest_asyncio.fixture(autouse=True)
async def closed_lanes(transactional_db: None) -> AsyncIterator[None]:
    yield
    await LANES.close()


async def test_an_append_on_the_loop_is_one_with_an_append_elsewhere(maria: Visitor) -> None:
    first = await live.append(maria.conversation, "customer", "a", "Hello")
    again = await sync_to_async(log.append)(maria.conversation, "customer", "a", "Hello")
    assert (first.seq, again.seq, again.repeated) == (2, 2, True)
    assert await live.since(maria.conversation, 0) == await sync_to_async(log.since)(maria.conversation, 0)


async def test_ten_at_once_are_one_row_and_ten_equal_answers(maria: Visitor) -> None:
    answers = await asyncio.gather(*(live.append(maria.conversation, "customer", "same", "Hello") for _ in range(10)))
    assert {answer.seq for answer in answers} == {2}
    assert await sync_to_async(Message.objects.filter(conversation=maria.conversation).count)() == 2


async def test_many_at_once_are_numbered_without_a_gap(maria: Visitor) -> None:
    sends = [live.append(maria.conversation, "customer", f"{number}", "Hello") for number in range(50)]
    assert sorted(answer.seq for answer in await asyncio.gather(*sends)) == list(range(2, 52))


@pytest.mark.parametrize("code", ["reused_id", "closed", "missing", "too_fast"])
async def test_a_refusal_has_the_same_reason_as_elsewhere(maria: Visitor, code: str, settings: Settings) -> None:
    settings.SEND_LIMIT = 1 if code == "too_fast" else 1000
    await live.append(maria.conversation, "customer", "a", "Hello")
    conversation, client_id = maria.conversation, "b"
    match code:
        case "reused_id":
            client_id = "a"
        case "closed":
            await sync_to_async(handoff.finish)(maria.conversation)
        case "missing":
            conversation = type(conversation)(int=1)
    codes = []
    for way in (live.append, sync_to_async(log.append)):
        with pytest.raises(log.Refused) as refused:
            await way(conversation, "customer", client_id, "Good bye")
        codes.append(refused.value.code)
    assert codes == [code] * 2


def end_the_lanes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [NAME],
        )


async def test_a_connection_that_was_ended_costs_no_message(maria: Visitor) -> None:
    await live.append(maria.conversation, "customer", "a", "Hello")
    await sync_to_async(end_the_lanes)()
    assert (await live.append(maria.conversation, "customer", "b", "Still here")).seq == 3


async def test_without_a_database_a_send_is_refused_for_now(maria: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.push.lanes._parameters", lambda: {"host": "127.0.0.1", "port": 1})
    await LANES.close()
    with pytest.raises(log.Refused) as refused:
        await live.append(maria.conversation, "customer", "a", "Hello")
    assert (refused.value.code, refused.value.retry_s > 0) == ("unavailable", True)


async def test_what_is_wrong_with_a_statement_is_told_and_the_lane_goes_on(lanes: Lanes) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        await lanes.fetch("SELECT 1 / 0", {})
    assert await lanes.fetch("SELECT 1", {}) == [(1,)]


async def test_there_are_never_more_connections_than_lanes(lanes: Lanes) -> None:
    told = await asyncio.gather(*(lanes.fetch("SELECT pg_backend_pid(), pg_sleep(0.01)", {}) for _ in range(30)))
    assert 1 < len({rows[0][0] for rows in told}) <= 3


async def test_a_lane_that_rested_is_closed(lanes: Lanes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.push.lanes.REST_S", 0.01)
    [[pid]] = await lanes.fetch("SELECT pg_backend_pid()", {})
    await asyncio.gather(*lanes.lanes)
    [[other]] = await lanes.fetch("SELECT pg_backend_pid()", {})
    assert other != pid


async def test_who_no_longer_waits_harms_nobody(lanes: Lanes) -> None:
    gone = asyncio.create_task(lanes.fetch("SELECT pg_sleep(0.05)", {}))
    await asyncio.sleep(0.01)
    gone.cancel()
    assert await lanes.fetch("SELECT 1", {}) == [(1,)]
    assert lanes.under_way == 0


async def test_hints_that_cannot_be_sent_here_go_to_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise psycopg.OperationalError

    passed_on: list[tuple[str, ...]] = []
    given = asyncio.Event()

    def take(groups: tuple[str, ...]) -> None:
        passed_on.append(groups)
        given.set()

    monkeypatch.setattr(Here, "send", away)
    monkeypatch.setattr(announcer.ANNOUNCER, "announce", take)
    Here().announce(HintLayer(), ["a", "b"])
    await asyncio.wait_for(given.wait(), 10)
    assert passed_on == [("a", "b")]
