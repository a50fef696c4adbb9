"""Daphne inside our own process: it drains on SIGTERM and cuts off clients that never read.

Stock Daphne closes sockets with 1006 on SIGTERM, buffers without bound for a client that does not read, and closes
every socket after a day.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
from contextlib import suppress
from typing import Any

from autobahn.exception import Disconnected
from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.defer import Deferred

from support.management import forwarded
from support.management.listener import BACKLOG

RESTARTING = 4012
BUFFER_BYTES = 1 << 20
UNREAD_FRAMES = 512
DRAIN_S = 5.0
SLACK_S = 0.5
POLL_S = 0.1
EXTENSION = "baton.server"
logger = logging.getLogger(__name__)


class BoundedSocket(WebSocketProtocol):  # type: ignore[misc]
    """Ends a connection whose unread output passes the bound, or that writes faster than anybody can read."""

    maxMessagePayloadSize: int

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Queue a frame for the application, unless too many wait there already: Daphne would keep any number."""
        if self.application_queue.qsize() >= UNREAD_FRAMES:
            self.dropConnection(abort=True)
            return
        super().onMessage(payload, isBinary)

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:
        """Send, unless the client has stopped reading."""
        # Twisted has no public name for what waits in a transport; a test holds these two.
        waiting = len(self.transport.dataBuffer) + self.transport._tempDataLen
        if waiting > BUFFER_BYTES:
            self.dropConnection(abort=True)
            return
        # Autobahn holds what goes out to the limit that is meant for what comes in; a page of the log may be larger.
        limit, self.maxMessagePayloadSize = self.maxMessagePayloadSize, 0
        try:
            with suppress(Disconnected):  # it has hung up, and the application will be told
                super().serverSend(content, binary)
        finally:
            self.maxMessagePayloadSize = limit


class DrainingServer(Server):  # type: ignore[misc]
    """Daphne's server on a socket of ours, with a way to stop that loses nobody."""

    def __init__(self, listener: socket.socket, name: str, trust_proxy: bool, **options: Any) -> None:
        """``name`` is this process among its neighbours; with ``trust_proxy`` a proxy names the client's address."""
        super().__init__(endpoints=[name or "web"], **options)
        # None left: Daphne would open them by itself, and has no word for a port that is shared.
        self.endpoints: list[str] = []
        self.ours, self.name, self.trust_proxy = listener, name, trust_proxy
        self.draining = False

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: reactor.callFromThread(self.drain))
        reactor.callWhenRunning(self._begin)
        super().run()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application for a request or a socket; it finds who serves it under ``extensions``."""
        if self.trust_proxy and (address := forwarded.client(scope["headers"])):
            scope["client"] = [address, 0]
        scope["extensions"] = {EXTENSION: {"name": self.name, "draining": self.draining}}
        if self.draining and isinstance(protocol, WebRequest):
            protocol.responseHeaders.setRawHeaders(b"Connection", [b"close"])
            protocol.channel.persistent = False  # another request on this connection could meet its end half way
        return super().create_application(protocol, scope)

    def drain(self) -> None:
        """Take no more connections, close the sockets with a code that says why, then stop. A second call stops at once."""
        if self.draining:
            self.stop()
            return
        self.draining = True
        self._end_for_certain()
        # Who waits to be accepted would be reset with the socket. One who comes between these two lines still is,
        # unless the kernel may pass them on to a neighbour (net.ipv4.tcp_migrate_req): clients come back by protocol.
        self.port.numberAccepts = BACKLOG
        self.port.doRead()
        self.port.stopListening()
        self._close_sockets()
        # Not at once: who was let in just now has yet to say what they want.
        reactor.callLater(POLL_S, self._stop_when_empty, reactor.seconds() + DRAIN_S)

    def kill_all_applications(self) -> Deferred[Any]:
        """Cancel what is left. Daphne's own stumbles over a connection without an application and then cancels none."""
        left = [each["application_instance"] for each in self.connections.values() if self._is_at_work(each)]
        for application in left:
            application.cancel()
        return Deferred.fromFuture(asyncio.gather(*left, return_exceptions=True))

    def _begin(self) -> None:
        self.ws_factory.protocol = BoundedSocket
        self.ws_factory.setProtocolOptions(failByDrop=False)  # who breaks the protocol is told so by a close code
        with self.ours as ours:  # Twisted listens on a duplicate
            self.port = reactor.adoptStreamPort(ours.fileno(), ours.family, self.http_factory)

    def _stop_when_empty(self, deadline: float) -> None:
        # A disconnected client is not the end of it: its consumer leaves its groups, its last frame is still stored.
        busy = [each for each in self.connections.values() if "disconnected" not in each or self._is_at_work(each)]
        if busy and reactor.seconds() < deadline:
            self._close_sockets()
            reactor.callLater(POLL_S, self._stop_when_empty, deadline)
            return
        if busy:
            logger.warning("not done after %.0f s and cut off: %d connections", DRAIN_S, len(busy))
        self.stop()

    def _close_sockets(self) -> None:
        # Again and again: a handshake that was under way opens only now.
        for protocol in list(self.connections):
            if isinstance(protocol, WebSocketProtocol) and protocol.state == WebSocketProtocol.STATE_OPEN:
                protocol.sendClose(code=RESTARTING, reason="restart")

    @staticmethod
    def _is_at_work(connection: dict[str, Any]) -> bool:
        application = connection.get("application_instance")
        return application is not None and not application.done()

    @staticmethod
    def _end_for_certain() -> None:
        # A thread that hangs in the database cannot be cancelled, and Python waits for it at its end.
        timer = threading.Timer(DRAIN_S + SLACK_S, _end)
        timer.daemon = True
        timer.start()


def _end() -> None:
    logger.error("a thread does not end; its statement is carried out by the database wholly or not at all")
    os._exit(1)


def listen(application: Any, listener: socket.socket, name: str = "", trust_proxy: bool = False) -> None:
    """Serve ``application`` on this socket until told to stop."""
    DrainingServer(
        listener,
        name,
        trust_proxy,
        application=application,
        signal_handlers=False,
        verbosity=0,
        ping_interval=20,
        ping_timeout=30,
        websocket_timeout=-1,
        http_timeout=60,
        websocket_max_message_size=64 * 1024,
        websocket_max_frame_size=64 * 1024,
        server_name="baton",
    ).run()
