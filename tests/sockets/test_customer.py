"""The customer's door."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError
from django.db.models.functions import Now
from pytest_django.fixtures import Settings

from support import handoff, log
from support.log import live
from support.models import Conversation, Inbox
from tests import people
from tests.judgements import escalate
from tests.people import Visitor
from tests.sockets.browser import Socket
from tests.sockets.conftest import Connect


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


async def arrives(connect: Connect, visitor: Visitor, after: int = 0) -> Socket:
    socket = await connect("/ws/customer/tarnwood", dict([visitor.cookie]))
    await socket.say("hello", version=1, after=after)
    return socket


async def test_hello_is_answered_with_the_state_and_the_log(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    welcome = await socket.hears("welcome")
    assert (welcome["bot"], welcome["inbox"], welcome["seq"]) == ("Tarn", "Tarnwood", 1)
    assert welcome["state"] == {"holder": "bot", "person": None, "place": None, "wait_s": None, "rated": False}
    assert [line["body"] for line in (await socket.hears("lines"))["items"]] == ["Hello, I am Tarn, a bot."]


async def test_a_send_is_stored_before_it_is_acknowledged_and_comes_back_as_a_line(
    connect: Connect, maria: Visitor
) -> None:
    socket = await arrives(connect, maria, after=1)
    await socket.say("send", client_id="a", body="Where is my order?")
    accepted = await socket.hears("accepted", client_id="a")
    stored = await sync_to_async(log.since)(maria.conversation, 1, "customer")
    assert [(line.seq, line.body) for line in stored] == [(accepted["seq"], "Where is my order?")]
    assert (await socket.line("customer"))["client_id"] == "a"


async def test_a_line_reaches_the_other_tab(connect: Connect, maria: Visitor) -> None:
    one, two = await arrives(connect, maria), await arrives(connect, maria)
    await two.hears("welcome")
    await one.say("send", client_id="a", body="Hello from tab one")
    assert (await two.line("customer"))["body"] == "Hello from tab one"


async def test_reconnecting_gets_exactly_what_was_missed(connect: Connect, maria: Visitor) -> None:
    for number in range(5):
        await sync_to_async(maria.says)(f"line {number}")
    socket = await arrives(connect, maria, after=4)
    assert [line["seq"] for line in (await socket.hears("lines"))["items"]] == [5, 6]


async def test_a_client_that_knows_more_than_the_log_starts_again(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria, after=99)
    await socket.hears("resync")
    assert [line["seq"] for line in (await socket.hears("lines"))["items"]] == [1]


async def test_a_heartbeat_carries_the_end_of_the_log(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    await sync_to_async(maria.says)("Hello")
    await socket.say("ping")
    assert (await socket.hears("heartbeat"))["seq"] == 2


BAD = [
    ("{", "not_json"),
    ("[" * 10_000, "not_json"),
    ("[]", "not_an_object"),
    ("{}", "unknown_type"),
    ('{"type": "levitate"}', "unknown_type"),
    ('{"type": ["send"]}', "unknown_type"),
    ('{"type": "send"}', "missing_field"),
    ('{"type": "send", "client_id": "a", "body": {"$gt": ""}}', "wrong_type"),
    ('{"type": "send", "client_id": "a", "body": 7}', "wrong_type"),
    ('{"type": "send", "client_id": "a", "body": null}', "wrong_type"),
    ('{"type": "send", "client_id": "a", "body": ""}', "out_of_range"),
    ('{"type": "send", "client_id": "a", "body": "' + "x" * 4_001 + '"}', "out_of_range"),
    ('{"type": "send", "client_id": "a", "body": "x", "author": "bot"}', "unknown_field"),
    ('{"type": "send", "client_id": "a", "body": "nul \\u0000"}', "bad_text"),
    ('{"type": "send", "client_id": "a", "body": "half \\ud83d"}', "bad_text"),
    ('{"type": "hello", "version": true}', "wrong_type"),
    ('{"type": "hello", "version": 1, "after": -1}', "out_of_range"),
    ('{"type": "rate", "score": 6}', "out_of_range"),
    ('{"type": "rate", "score": 4.5}', "wrong_type"),
    ("x" * 20_000, "too_large"),
]


@pytest.mark.parametrize(("raw", "code"), BAD)
async def test_a_bad_frame_is_answered_by_name_and_the_connection_lives(
    connect: Connect, maria: Visitor, raw: str, code: str
) -> None:
    socket = await arrives(connect, maria)
    await socket.raw(raw)
    error = await socket.hears("error")
    assert error["code"] == code, error
    await socket.say("ping")
    assert (await socket.hears("heartbeat"))["seq"] == 1


async def test_a_binary_frame_is_answered_and_the_connection_lives(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    await socket.communicator.send_to(bytes_data=b"\xff\x00")
    assert (await socket.hears("error"))["code"] == "not_text"
    await socket.say("ping")
    await socket.hears("heartbeat")


async def test_an_old_version_is_told_to_load_the_page_again(connect: Connect, maria: Visitor) -> None:
    socket = await connect("/ws/customer/tarnwood", dict([maria.cookie]))
    await socket.say("hello", version=2)
    assert (await socket.hears("error"))["code"] == "version"


async def test_sending_before_hello_is_answered(connect: Connect, maria: Visitor) -> None:
    socket = await connect("/ws/customer/tarnwood", dict([maria.cookie]))
    await socket.say("send", client_id="a", body="Hello")
    assert (await socket.hears("error"))["code"] == "hello_first"


async def test_the_same_client_id_with_another_text_is_refused_and_named(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    await socket.say("send", client_id="a", body="Hello")
    await socket.say("send", client_id="a", body="Good bye")
    assert (await socket.hears("refused", client_id="a"))["code"] == "reused_id"


async def test_a_flood_is_refused_by_name_with_the_time_to_come_back(
    connect: Connect, maria: Visitor, settings: Settings
) -> None:
    settings.SEND_LIMIT = 2
    socket = await arrives(connect, maria)
    for number in range(5):
        await socket.say("send", client_id=f"f{number}", body="flood")
    refused = [await socket.hears("refused", code="too_fast") for _ in range(3)]
    assert [frame["client_id"] for frame in refused] == ["f2", "f3", "f4"]
    assert all(1 <= frame["retry_s"] <= settings.SEND_WINDOW_S for frame in refused)


async def test_what_was_refused_in_a_flood_can_be_sent_again_under_its_name(
    connect: Connect, maria: Visitor, settings: Settings
) -> None:
    settings.SEND_LIMIT = 1
    socket = await arrives(connect, maria)
    for name in ("a", "b"):
        await socket.say("send", client_id=name, body="flood")
    await socket.hears("refused", client_id="b")
    settings.SEND_LIMIT = 1000
    await sync_to_async(Conversation.objects.update)(paid_until=Now())  # the time to come back has come
    await socket.say("send", client_id="b", body="flood")
    assert (await socket.hears("accepted", client_id="b"))["seq"] == 3


async def test_a_process_with_too_much_under_way_refuses_by_name(
    connect: Connect, maria: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    socket = await arrives(connect, maria)
    await socket.hears("welcome")
    monkeypatch.setattr(live, "MOST_UNDER_WAY", 0)
    await socket.say("send", client_id="a", body="Hello")
    refused = await socket.hears("refused", client_id="a")
    assert (refused["code"], refused["retry_s"] > 0) == ("busy", True)


async def test_a_door_without_its_database_says_so_and_lives(
    connect: Connect, maria: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    socket = await arrives(connect, maria)
    await socket.hears("lines")
    monkeypatch.setattr("support.log.end", away)
    await socket.say("ping")
    assert (await socket.hears("error"))["code"] == "unavailable"
    monkeypatch.undo()
    await socket.say("ping")
    assert (await socket.hears("heartbeat"))["seq"] == 1


async def test_waiting_shows_the_place_and_stop_waiting_goes_back_to_the_bot(
    connect: Connect, maria: Visitor, tarnwood: Inbox
) -> None:
    def two_wait() -> None:
        earlier = people.visitor(tarnwood)
        escalate(earlier.conversation, earlier.says("a person please"))
        escalate(maria.conversation, maria.says("a person please"))

    await sync_to_async(two_wait)()
    socket = await arrives(connect, maria)
    state = (await socket.hears("welcome"))["state"]
    assert (state["holder"], state["place"], state["wait_s"]) == ("queue", 2, None)
    await socket.say("stop_waiting")
    assert (await socket.hears("state"))["state"]["holder"] == "bot"
    await socket.say("stop_waiting")
    assert (await socket.hears("error"))["code"] == "taken"


async def test_a_person_who_joins_is_shown_by_name_and_labelled(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    await socket.hears("lines")

    def ana_steps_in() -> None:
        ana = people.agent("Ana", maria.inbox)
        handoff.take_over(maria.conversation, ana.pk)
        handoff.reply(maria.conversation, ana.pk, "1", "Hello, I am Ana.")

    await sync_to_async(ana_steps_in)()
    line = await socket.line("agent")
    assert (line["name"], line["body"]) == ("Ana", "Hello, I am Ana.")


async def test_an_ended_chat_takes_one_rating(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    await socket.say("finish")
    await socket.say("rate", score=5, comment="quick")
    assert (await socket.hears("state", state=rated(True)))["state"]["holder"] == "nobody"
    await socket.say("rate", score=1)
    assert (await socket.hears("error"))["code"] == "rated"


def rated(value: bool) -> dict[str, Any]:
    return {"holder": "nobody", "person": None, "place": None, "wait_s": None, "rated": value}


async def test_a_lost_listener_heals_by_reading_again(connect: Connect, maria: Visitor) -> None:
    socket = await arrives(connect, maria)
    await socket.hears("lines")
    await sync_to_async(kill_listeners)()
    await sync_to_async(maria.says)("said while nobody listened")
    assert (await asyncio.wait_for(socket.line("customer"), 10))["body"] == "said while nobody listened"


def kill_listeners() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' AND datname = current_database()"
        )
