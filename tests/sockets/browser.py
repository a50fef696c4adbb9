"""A socket as a browser has it."""

from __future__ import annotations

import json
from typing import Any

from channels.testing import WebsocketCommunicator

from config.asgi import application


class Socket:
    """Says frames and waits for the frames that a test is about."""

    def __init__(self, communicator: WebsocketCommunicator) -> None:
        self.communicator = communicator
        self.closed_with: int | None = None

    @classmethod
    async def open(cls, path: str, cookies: dict[str, str], origin: str) -> Socket:
        """Shake hands."""
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = [(b"origin", origin.encode()), (b"cookie", cookie.encode())]
        socket = cls(WebsocketCommunicator(application, path, headers=headers))
        accepted, _ = await socket.communicator.connect(timeout=10)
        assert accepted
        return socket

    async def say(self, kind: str, **fields: Any) -> None:
        """Send a frame."""
        await self.raw(json.dumps({"type": kind, **fields}))

    async def raw(self, text: str) -> None:
        """Send any text."""
        await self.communicator.send_to(text_data=text)

    async def hears(self, kind: str, **wanted: Any) -> dict[str, Any]:
        """The next frame of this type whose fields are these; other frames are passed over."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(frame.get(name) == value for name, value in wanted.items()):
                return frame

    async def next(self) -> dict[str, Any]:
        """The next frame."""
        event = await self.communicator.receive_output(timeout=10)
        if event["type"] == "websocket.close":
            self.closed_with = event["code"]
            raise ConnectionError(f"closed with {event['code']}")
        frame: dict[str, Any] = json.loads(event["text"])
        return frame

    async def hears_nothing_more(self) -> None:
        """Everything that was on its way has arrived: the answer to a ping comes after it."""
        await self.say("ping")
        await self.hears("heartbeat")

    async def line(self, author: str) -> dict[str, Any]:
        """The next line of this author."""
        while True:
            for line in (await self.hears("lines"))["items"]:
                if line["author"] == author:
                    return dict(line)

    async def code(self) -> int:
        """The close code; fails when the server keeps talking."""
        event = await self.communicator.receive_output(timeout=10)
        assert event["type"] == "websocket.close", event
        return int(event["code"])

    async def close(self) -> None:
        """Hang up, unless the other side has."""
        if not self.communicator.future.done():
            await self.communicator.disconnect()
