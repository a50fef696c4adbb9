"""Chats on the bare stacks: plain JSON frames, and Socket.IO (protocol 5) over Engine.IO (protocol 4)."""

from __future__ import annotations

import asyncio
import json

from tests.bench.chat import Ears, deaf, last_word
from tests.bench.wire import Wire


class PlainChat:
    """The frames of raw.py."""

    def __init__(self) -> None:
        self.ears: Ears = deaf()
        self.customer: Wire
        self.agent: Wire

    async def join(self, address: str, conversation: str) -> None:
        """Open both sockets."""
        self.customer = await Wire.open(f"ws://{address}/customer/{conversation}", self._hears)
        self.agent = await Wire.open(f"ws://{address}/agent/{conversation}", self._hears)

    def write(self, client_id: str, body: str) -> None:
        """The customer sends."""
        self.customer.post(json.dumps({"client_id": client_id, "body": body}))

    def reply(self, client_id: str, body: str) -> None:
        """The agent sends."""
        self.agent.post(json.dumps({"client_id": client_id, "body": body}))

    async def close(self) -> None:
        """Hang up."""
        self.ears = deaf()
        await asyncio.gather(self.customer.close(), self.agent.close())

    def _hears(self, text: str, at: float) -> None:
        frame = json.loads(text)
        if frame["type"] == "accepted":
            self.ears.accepted(frame["client_id"], frame["seq"], at)
        else:
            self.ears.seen(last_word(frame["body"]), frame["seq"], at)


class SocketIO:
    """One Socket.IO client, by the WebSocket transport alone: 0 open, 2 ping, 3 pong, 40 connect, 42 event, 43 answer."""

    def __init__(self, chat: SocketIOChat) -> None:
        self.chat = chat
        self.sent = 0
        self.connected = asyncio.Event()
        self.wire: Wire

    async def join(self, address: str, author: str, conversation: str) -> None:
        """Shake hands and enter the namespace."""
        self.wire = await Wire.open(f"ws://{address}/socket.io/?EIO=4&transport=websocket", self._hears)
        self.wire.post("40" + json.dumps({"author": author, "conversation": conversation}))
        async with asyncio.timeout(10):
            await self.connected.wait()

    def send(self, client_id: str, body: str) -> None:
        """An event with a number, so that the answer names it."""
        self.sent += 1
        self.wire.post(f"42{self.sent}" + json.dumps(["send", {"client_id": client_id, "body": body}]))

    def _hears(self, text: str, at: float) -> None:
        if text.startswith("43"):
            frame = json.loads(text[text.index("[") :])[0]
            self.chat.ears.accepted(frame["client_id"], frame["seq"], at)
        elif text.startswith("42"):
            frame = json.loads(text[2:])[1]
            self.chat.ears.seen(last_word(frame["body"]), frame["seq"], at)
        elif text == "2":
            self.wire.post("3")
        elif text.startswith("40"):
            self.connected.set()


class SocketIOChat:
    """The events of server.mjs."""

    def __init__(self) -> None:
        self.ears: Ears = deaf()
        self.customer, self.agent = SocketIO(self), SocketIO(self)

    async def join(self, address: str, conversation: str) -> None:
        """Open both sockets."""
        await self.customer.join(address, "customer", conversation)
        await self.agent.join(address, "agent", conversation)

    def write(self, client_id: str, body: str) -> None:
        """The customer sends."""
        self.customer.send(client_id, body)

    def reply(self, client_id: str, body: str) -> None:
        """The agent sends."""
        self.agent.send(client_id, body)

    async def close(self) -> None:
        """Hang up."""
        self.ears = deaf()
        await asyncio.gather(self.customer.wire.close(), self.agent.wire.close())
