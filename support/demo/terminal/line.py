"""The line to the service: kept open, opened again after a loss, with the messages that are not acknowledged."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from support.demo.terminal.chat import Chat
from support.demo.terminal.incoming import read
from support.demo.terminal.session import NoChat, Session
from support.protocol import Frame, dump
from support.protocol.customer import Ping

LONGEST_WAIT_S = 30.0
FIRST_WAIT_S = 0.5
NOT_ALLOWED = {4401: "the session is not valid", 4403: "this customer may not enter"}


class Line:
    """``changed`` is set whenever something arrived, for those who wait for an answer."""

    def __init__(self, session: Session, chat: Chat, show: Callable[[str], None]) -> None:
        self._session = session
        self._chat = chat
        self._show = show
        self._socket: ClientConnection | None = None
        self._lost = False
        self.changed = asyncio.Event()

    async def send(self, frame: Frame) -> bool:
        """Send now; False while there is no connection. Messages stay in the chat's ``pending`` until acknowledged."""
        if self._socket is None:
            return False
        with suppress(ConnectionClosed):
            await self._socket.send(dump(frame))
            return True
        return False

    async def hold(self) -> None:
        """Connect and stay connected, for ever.

        Raises:
            NoChat: the service refuses this customer.
            StrangeFrame: the service speaks another protocol.
        """
        tries = 0
        while True:
            if await self._stay():
                tries = 0
            # Full jitter: many who lost the same server must not come back at once.
            wait = random.uniform(0, min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**tries))
            tries = min(tries + 1, 10)
            if not self._lost:
                self._show("-- No connection; trying again. What you write is kept.")
            self._lost = True
            await asyncio.sleep(wait)

    async def _stay(self) -> bool:
        """One connection from open to loss. Returns whether it opened."""
        opened = False
        try:
            async with connect(
                self._session.socket,
                origin=self._session.origin,  # type: ignore[arg-type]  # a NewType of str
                additional_headers={"Cookie": self._session.cookie},
                proxy=None,
                open_timeout=10,
                close_timeout=2,
            ) as socket:
                opened = True
                self._socket = socket
                if self._lost:
                    self._show("-- Connected again.")
                self._lost = False
                await self.send(self._chat.hello())
                await self._read(socket)
        except InvalidStatus as error:
            if error.response.status_code in (401, 403):
                raise NoChat("The service refuses the connection: wrong inbox, session or --url.") from error
        except ConnectionClosed as error:
            code = error.rcvd.code if error.rcvd else 0
            if code in NOT_ALLOWED:
                raise NoChat(f"The service closed the chat: {NOT_ALLOWED[code]}.") from error
        except (OSError, InvalidHandshake, TimeoutError):
            pass  # lost or not there: the caller tries again
        finally:
            self._socket = None
        return opened

    async def _read(self, socket: ClientConnection) -> None:
        """Take frames until nothing came for two heartbeats.

        Raises:
            TimeoutError: the connection is dead, although nobody closed it.
            ConnectionClosed: it was closed.
        """
        await self._take(socket)  # the welcome, which says how often to ping
        pings = asyncio.create_task(self._ping())
        try:
            while True:
                await self._take(socket)
        finally:
            pings.cancel()

    async def _take(self, socket: ClientConnection) -> None:
        raw = await asyncio.wait_for(socket.recv(), 2 * self._chat.heartbeat_s)
        turn = self._chat.take(read(raw))
        for text in turn.show:
            self._show(text)
        for frame in turn.send:
            await self.send(frame)
        self.changed.set()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(self._chat.heartbeat_s)
            await self.send(Ping())
