"""A client that follows docs/protocol.md to the letter: one socket that is always there or on its way back."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 2.0
RESTART_SPREAD_S = 1.0
RESTART_S, RESTART_WAIT_S = 30.0, 2.0
RESTARTING = 4012
REFUSALS = (4401, 4403)
CONNECT_S = 3
UNAVAILABLE_S = 1.0


class Notes(Protocol):
    """Takes down what happens to a client.

    ``kind`` is sent, accepted, refused, seen, resync, error, open, closed, silent (for two heartbeats) or left.
    """

    def note(self, kind: str, who: str, conversation: str, **values: Any) -> None:
        """One event, at this moment."""


class Refused(Exception):
    """A send that the service does not take, and that is not to be repeated as it is."""


@dataclass(slots=True)
class Pending:
    """A send that nobody has answered yet."""

    body: str
    answer: asyncio.Future[int]


class Client:
    """One tab. Use it as a context: it connects in the background and stays connected until the end."""

    author: str

    def __init__(
        self,
        who: str,
        conversation: str,
        where: tuple[Sequence[str], str, str, str],
        notes: Notes,
        seed: int | None = None,
    ) -> None:
        """``where``: addresses in the order in which they are tried, path, cookie, origin. ``who`` names the tab in the notes."""
        self.who, self.conversation, self.notes = who, conversation, notes
        self.addresses, self.path, self.cookie, self.origin = where
        self.chance = random.Random(seed)
        self.seq = 0
        self.heartbeat_s = float(CONNECT_S)  # until the welcome says
        self.pending: dict[str, Pending] = {}
        self.numbers = itertools.count(1)
        self.welcomes = self.acknowledged = self.tries = 0
        self.restarted_at = -RESTART_S
        self.heard_at = 0.0
        self.greeted = False
        self.socket: ClientConnection | None = None
        self.changed = asyncio.Condition()
        self.tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Begin to connect."""
        self._start(self._stay())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def leave(self) -> None:
        """Close the tab."""
        self.note("left")
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def send(self, body: str, client_id: str = "") -> int:
        """Send, again and again until the answer comes; its seq. Raises Refused when it is not to be repeated."""
        name = client_id or f"{self.who}-{next(self.numbers)}"
        kept = self.pending[name] = Pending(body, asyncio.get_running_loop().create_future())
        self.note("sent", author=self.author, client_id=name, body=body)
        if self.greeted:
            await self._post(name)
        return await kept.answer

    async def until(self, condition: Callable[[], bool], within_s: float = 30) -> None:
        """Wait until something that this client learns makes it true. Raises TimeoutError."""
        async with asyncio.timeout(within_s), self.changed:
            await self.changed.wait_for(condition)

    async def until_welcome(self, number: int = 1) -> None:
        """Wait for the hello of the n-th connection to be answered."""
        await self.until(lambda: self.welcomes >= number)

    def note(self, kind: str, **values: Any) -> None:
        """Take something down."""
        self.notes.note(kind, self.who, self.conversation, **values)

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    # The connection

    async def _stay(self) -> None:
        turns = itertools.cycle(self.addresses)
        while True:
            code = await self._live(next(turns))
            self.socket = None
            if code in REFUSALS:
                return
            if code == RESTARTING:
                self.restarted_at = time.monotonic()
            longest = RESTART_WAIT_S if time.monotonic() - self.restarted_at < RESTART_S else LONGEST_WAIT_S
            most = RESTART_SPREAD_S if code == RESTARTING else min(longest, FIRST_WAIT_S * 2**self.tries)
            self.tries += 1
            await asyncio.sleep(self.chance.uniform(0, most))

    async def _live(self, address: str) -> int:
        """One connection from its beginning to its end; the close code, 1006 when there was none."""
        opening = connect(
            f"ws://{address}{self.path}", origin=self.origin, additional_headers={"Cookie": self.cookie},  # type: ignore[arg-type]
            proxy=None, compression=None, ping_interval=None, open_timeout=CONNECT_S, close_timeout=1, max_size=None,
        )  # fmt: skip
        try:
            async with opening as socket:
                self.socket = socket
                self.note("open", address=address)
                await self._say_hello()
                beating = self._start(self._beat(socket))
                try:
                    return await self._listen(socket)
                finally:
                    self.greeted = False
                    beating.cancel()
        except (OSError, InvalidHandshake, TimeoutError, ConnectionClosed, EOFError) as error:
            self.note("closed", code=1006, why=type(error).__name__)
            return 1006

    async def _listen(self, socket: ClientConnection) -> int:
        while True:
            try:
                raw = await socket.recv()
            except ConnectionClosed as end:
                code = end.rcvd.code if end.rcvd else 1006
                self.note("closed", code=code, why=end.rcvd.reason if end.rcvd else "")
                return code
            self.tries = 0  # only an answer ends the back-off
            self.heard_at = asyncio.get_running_loop().time()
            await self._take(json.loads(raw))

    async def _beat(self, socket: ClientConnection) -> None:
        """Ping. After two heartbeats of silence the socket is taken for dead."""
        loop = asyncio.get_running_loop()
        self.heard_at = loop.time()
        while loop.time() - self.heard_at < 2 * self.heartbeat_s:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.say("ping"), self.heartbeat_s)
            await asyncio.sleep(self.heartbeat_s)
        self.note("silent")
        socket.transport.abort()

    async def say(self, kind: str, **values: Any) -> None:
        """Send a frame if there is a socket; what must not be lost is kept elsewhere."""
        if self.socket:
            with contextlib.suppress(ConnectionClosed):
                await self.socket.send(json.dumps({"type": kind, **values}))

    async def _post(self, name: str) -> None:
        raise NotImplementedError

    async def _say_hello(self) -> None:
        raise NotImplementedError

    # Frames

    async def _take(self, frame: dict[str, Any]) -> None:
        handler: Callable[[dict[str, Any]], Awaitable[None]] | None = getattr(self, f"_on_{frame['type']}", None)
        if handler:
            await handler(frame)
            async with self.changed:
                self.changed.notify_all()

    async def _on_welcome(self, frame: dict[str, Any]) -> None:
        self.welcomes += 1
        self.greeted = True
        self.heartbeat_s = frame["heartbeat_s"]
        for name in tuple(self.pending):
            await self._post(name)

    async def _on_lines(self, frame: dict[str, Any]) -> None:
        for line in frame["items"]:
            if line["seq"] <= self.seq:
                continue
            if line["seq"] > self.seq + 1:
                await self._say_hello()
                return
            self.seq = line["seq"]
            seen = {name: line[name] for name in ("seq", "author", "body", "client_id")}
            self.note("seen", **seen)

    async def _on_resync(self, _: dict[str, Any]) -> None:
        self.note("resync", had=self.seq)
        self.seq = 0

    async def _on_heartbeat(self, frame: dict[str, Any]) -> None:
        if frame["seq"] > self.seq:
            await self._say_hello()

    async def _on_accepted(self, frame: dict[str, Any]) -> None:
        self.note("accepted", author=self.author, client_id=frame["client_id"], seq=frame["seq"])
        self.acknowledged += 1
        found = self.pending.pop(frame["client_id"], None)
        if found and not found.answer.done():
            found.answer.set_result(frame["seq"])

    async def _on_refused(self, frame: dict[str, Any]) -> None:
        name, retry_s = frame["client_id"], frame.get("retry_s", 0)
        self.note("refused", client_id=name, code=frame["code"], retry_s=retry_s)
        if name not in self.pending:
            return
        if retry_s > 0:
            self._start(self._later(retry_s, self._post_again, name))
            return
        found = self.pending.pop(name)
        if not found.answer.done():
            found.answer.set_exception(Refused(f"{frame['code']}: {frame['detail']}"))

    async def _on_error(self, frame: dict[str, Any]) -> None:
        self.note("error", code=frame["code"], detail=frame["detail"])
        if frame["code"] == "unavailable":
            self._start(self._later(UNAVAILABLE_S, self._say_hello))

    async def _post_again(self, name: str) -> None:
        if name in self.pending and self.greeted:
            await self._post(name)

    async def _later(self, after_s: float, act: Callable[..., Awaitable[None]], *values: Any) -> None:
        await asyncio.sleep(after_s)
        await act(*values)


class CustomerClient(Client):
    """A tab of the widget."""

    author = "customer"

    async def _say_hello(self) -> None:
        await self.say("hello", version=1, after=self.seq)

    async def _post(self, name: str) -> None:
        await self.say("send", client_id=name, body=self.pending[name].body)


class AgentClient(Client):
    """A tab of the console with one conversation open."""

    author = "agent"

    async def _say_hello(self) -> None:
        await self.say("hello", version=1)
        await self.say("open", conversation=self.conversation, after=self.seq)

    async def _post(self, name: str) -> None:
        await self.say("send", conversation=self.conversation, client_id=name, body=self.pending[name].body)
