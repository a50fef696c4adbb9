"""A stranger's token opens nothing: every socket, every wrong key, one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import User

from config.urls import sockets
from support.models import Inbox
from tests import people
from tests.sockets.conftest import Connect

KEYS = ("none", "garbage", "another inbox", "agent without the role", "customer at the agents' door")


@pytest.mark.parametrize("path", [str(route.pattern) for route in sockets])
@pytest.mark.parametrize("key", KEYS)
async def test_a_wrong_key_is_refused_with_a_code(
    connect: Connect, signed_in: Callable[[str], Awaitable[dict[str, str]]], tarnwood: Inbox, path: str, key: str
) -> None:
    cookies = await sync_to_async(_cookies)(key, tarnwood)
    if key == "agent without the role":
        cookies = await signed_in("nobody")
    socket = await connect("/" + path.replace("<slug:inbox_key>", "tarnwood"), cookies)
    assert await socket.code() == 4401


def _cookies(key: str, tarnwood: Inbox) -> dict[str, str]:
    match key:
        case "garbage":
            return {"baton-tarnwood": "x" * 22, "baton-session": "x" * 32}
        case "another inbox":
            stranger = people.visitor(people.inbox("lakeside"))
            return {"baton-tarnwood": stranger.token, "baton-lakeside": stranger.token}
        case "agent without the role":
            User.objects.create_user("nobody", password=people.PASSWORD)
            return {}
        case "customer at the agents' door":
            return {"baton-session": people.visitor(tarnwood).token}
        case _:
            return {}


@pytest.mark.parametrize("path", ["/ws/customer/tarnwood", "/ws/agent"])
@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1:8000.evil.example", ""])
async def test_a_right_key_from_a_wrong_origin_is_refused(
    connect: Connect,
    signed_in: Callable[[str], Awaitable[dict[str, str]]],
    tarnwood: Inbox,
    path: str,
    origin: str,
) -> None:
    def key_of_maria() -> dict[str, str]:
        people.agent("Ana", tarnwood)
        return dict([people.visitor(tarnwood).cookie])

    cookies = await sync_to_async(key_of_maria)()
    socket = await connect(path, cookies | await signed_in("ana"), origin)
    assert await socket.code() == 4403


async def test_a_token_shows_ones_own_conversation_only(connect: Connect, tarnwood: Inbox) -> None:
    def two() -> tuple[people.Visitor, people.Visitor]:
        maria, sven = people.visitor(tarnwood), people.visitor(tarnwood)
        maria.says("my secret")
        return maria, sven

    maria, sven = await sync_to_async(two)()
    socket = await connect("/ws/customer/tarnwood", dict([sven.cookie]))
    await socket.say("hello", version=1)
    welcome = await socket.hears("welcome")
    assert welcome["conversation"] == str(sven.conversation) != str(maria.conversation)
    assert [line["seq"] for line in (await socket.hears("lines"))["items"]] == [1]
