"""Bad frames against the real process: an error or a close code for the one who sent them, and nothing for others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection

from tests.faults import frames
from tests.faults.plain import Plain
from tests.faults.scene import Scene
from tests.faults.test_sends import raw


@pytest_asyncio.fixture
async def socket(scene: Scene) -> AsyncIterator[ClientConnection]:
    """Of a customer who has said hello."""
    address = scene.stack.service.addresses[0]
    customer = await scene.stack.cast.customer(address)
    yield await raw(scene, address, customer.path, customer.cookie)


async def hears(socket: ClientConnection, *kinds: str) -> dict[str, object]:
    async with asyncio.timeout(20):
        while True:
            frame: dict[str, object] = json.loads(await socket.recv())
            if frame["type"] in kinds:
                return frame


async def test_a_frame_that_is_not_in_the_protocol_is_an_error_and_the_connection_lives(
    socket: ClientConnection,
) -> None:
    told = {}
    for name, (text, _) in frames.ANSWERED.items():
        await socket.send(text)
        told[name] = (await hears(socket, "error", "accepted", "welcome", "heartbeat")).get("code")
    assert told == {name: code for name, (_, code) in frames.ANSWERED.items()}
    await socket.send('{"type": "ping"}')
    assert await hears(socket, "heartbeat")


async def test_a_message_in_many_fragments_is_one_message(socket: ClientConnection) -> None:
    whole = json.dumps({"type": "send", "client_id": "a", "body": "In pieces: ü"}, ensure_ascii=False)
    await socket.send(iter(whole))
    assert (await hears(socket, "accepted", "error"))["client_id"] == "a"


@pytest.mark.parametrize("name", frames.CLOSED)
async def test_bytes_that_are_not_a_web_socket_end_only_the_connection_that_sent_them(scene: Scene, name: str) -> None:
    data, code = frames.CLOSED[name]
    address = scene.stack.service.addresses[0]
    customer = await scene.stack.cast.customer(address)
    other = await raw(scene, address, customer.path, customer.cookie)
    async with Plain.open(address, customer, scene.stack.service.public_url) as plain:
        plain.writer.write(data)
        assert await plain.close_code() in (code, frames.DROPPED)
    await other.send('{"type": "ping"}')
    assert await hears(other, "heartbeat")
