"""The agent's door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from support import handoff, presence
from support.models import Agent, Inbox
from tests import people
from tests.judgements import escalate
from tests.people import Visitor
from tests.sockets.browser import Socket
from tests.sockets.conftest import Connect

SignIn = Callable[[str], Awaitable[dict[str, str]]]


@pytest.fixture
def ana(tarnwood: Inbox) -> Agent:
    return people.agent("Ana", tarnwood)


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    return people.visitor(tarnwood)


async def console(connect: Connect, signed_in: SignIn, name: str = "ana") -> Socket:
    socket = await connect("/ws/agent", await signed_in(name))
    await socket.say("hello", version=1)
    return socket


async def test_hello_is_answered_with_who_one_is_and_the_lists(connect: Connect, signed_in: SignIn, ana: Agent) -> None:
    socket = await console(connect, signed_in)
    assert (await socket.hears("welcome"))["me"]["name"] == "Ana"
    lists = await socket.hears("lists")
    assert (lists["queue"], lists["available"]) == ([], 1)
    assert ana.pk in await sync_to_async(presence.agents_present)()


async def test_an_escalation_appears_in_the_queue_with_its_reason(
    connect: Connect, signed_in: SignIn, ana: Agent, maria: Visitor
) -> None:
    socket = await console(connect, signed_in)
    await socket.hears("lists")
    await sync_to_async(lambda: escalate(maria.conversation, maria.says("I want to talk to a person")))()
    while not (queue := (await socket.hears("lists"))["queue"]):
        pass
    assert queue[0]["id"] == str(maria.conversation)
    assert queue[0]["chips"][0]["kind"] == "asked"
    assert queue[0]["last_text"] == "I want to talk to a person"


async def test_an_open_conversation_comes_with_its_case_and_its_evidence(
    connect: Connect, signed_in: SignIn, ana: Agent, maria: Visitor
) -> None:
    text = "😀 Please get me a human"
    await sync_to_async(lambda: escalate(maria.conversation, maria.says(text)))()
    socket = await console(connect, signed_in)
    await socket.say("open", conversation=str(maria.conversation))
    lines = await socket.hears("lines")
    assert [line["author"] for line in lines["items"]] == ["bot", "customer", "system"]
    case = (await socket.hears("case"))["case"]
    assert [stretch["holder"] for stretch in case["track"]] == ["bot", "queue"]
    assert case["why"]["reasons"][0]["kind"] == "asked"


async def test_a_reply_is_acknowledged_and_only_by_the_holder(
    connect: Connect, signed_in: SignIn, ana: Agent, maria: Visitor
) -> None:
    socket = await console(connect, signed_in)
    await socket.say("send", conversation=str(maria.conversation), client_id="1", body="Hi")
    assert (await socket.hears("refused", client_id="1"))["code"] == "not_holder"
    await sync_to_async(handoff.take_over)(maria.conversation, ana.pk)
    await socket.say("send", conversation=str(maria.conversation), client_id="1", body="Hi")
    assert (await socket.hears("accepted", client_id="1"))["seq"] > 0


async def test_a_customers_line_reaches_the_open_conversation(
    connect: Connect, signed_in: SignIn, ana: Agent, maria: Visitor
) -> None:
    socket = await console(connect, signed_in)
    await socket.say("open", conversation=str(maria.conversation))
    await socket.hears("case")
    await sync_to_async(maria.says)("Are you there?")
    assert (await socket.line("customer"))["body"] == "Are you there?"


async def test_conversations_of_other_inboxes_are_not_there(
    connect: Connect, signed_in: SignIn, ana: Agent, maria: Visitor
) -> None:
    def elsewhere() -> Visitor:
        stranger = people.visitor(people.inbox("lakeside"))
        escalate(stranger.conversation, stranger.says("a person please"))
        return stranger

    stranger = await sync_to_async(elsewhere)()
    socket = await console(connect, signed_in)
    assert (await socket.hears("lists"))["queue"] == []
    await socket.say("open", conversation=str(stranger.conversation))
    assert (await socket.hears("error"))["code"] == "not_found"
    await socket.say("send", conversation=str(stranger.conversation), client_id="1", body="Hi")
    assert (await socket.hears("refused"))["code"] == "not_found"


@pytest.mark.parametrize("ended", ["session", "account"])
async def test_a_socket_ends_at_the_next_heartbeat_after_logout_or_deactivation(
    connect: Connect, signed_in: SignIn, ana: Agent, ended: str
) -> None:
    socket = await console(connect, signed_in)
    await socket.hears("lists")
    if ended == "session":
        await Session.objects.all().adelete()
    else:
        await User.objects.filter(username="ana").aupdate(is_active=False)
    await socket.say("ping")
    assert await socket.code() == 4401
