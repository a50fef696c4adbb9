"""The same send, many times at once."""

from __future__ import annotations

import asyncio
import json

from websockets.asyncio.client import ClientConnection, connect

from tests.faults.scene import Scene
from tests.stack.client import CustomerClient

SEND = json.dumps({"type": "send", "client_id": "once", "body": "Ten times the same"})


async def answer(socket: ClientConnection) -> dict[str, object]:
    """The next frame that is about a send."""
    async with asyncio.timeout(20):
        while True:
            frame: dict[str, object] = json.loads(await socket.recv())
            if frame["type"] in ("accepted", "refused"):
                return frame


async def test_the_same_send_over_ten_sockets_and_two_tabs_is_one_line_with_one_answer(scene: Scene) -> None:
    addresses = scene.stack.service.addresses
    talk = await scene.open(addresses, addresses)
    where = (addresses[::-1], talk.customer.path, talk.customer.cookie, scene.stack.service.public_url)
    second = await scene.exits.enter_async_context(
        CustomerClient("second", talk.maria.conversation, where, scene.notes)
    )
    await second.until_welcome()
    sockets = [
        await raw(scene, addresses[number % 2], talk.customer.path, talk.customer.cookie) for number in range(10)
    ]
    tabs = [asyncio.create_task(tab.send("Ten times the same", "once")) for tab in (talk.maria, second)]
    await asyncio.gather(*(socket.send(SEND) for socket in sockets))
    answers = await asyncio.gather(*(answer(socket) for socket in sockets))
    seq = await tabs[0]
    assert await tabs[1] == seq
    assert answers == [{"type": "accepted", "client_id": "once", "seq": seq}] * 10
    assert talk.ana
    await talk.ana.send("I read that once.")
    await second.until(lambda: second.seq >= seq + 1)
    second.note("settled")
    assert (await scene.judge()).faults == []


async def raw(scene: Scene, address: str, path: str, cookie: str) -> ClientConnection:
    """A socket that has said hello, and nothing else by itself."""
    opening = connect(
        f"ws://{address}{path}", origin=scene.stack.service.public_url, additional_headers={"Cookie": cookie}, proxy=None,  # type: ignore[arg-type]
    )  # fmt: skip
    socket = await opening
    scene.exits.push_async_callback(socket.close)
    await socket.send(json.dumps({"type": "hello", "version": 1}))
    while json.loads(await socket.recv())["type"] != "lines":
        pass
    return socket
