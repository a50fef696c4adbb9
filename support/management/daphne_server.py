"""Daphne inside our own process: it drains on SIGTERM and cuts off clients that never read.

Stock Daphne closes sockets with 1006 on SIGTERM, buffers without bound for a client that does not read, and closes
every socket after a day.
"""

from __future__ import annotations

import signal
from typing import Any

from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor

RESTARTING = 4012
BUFFER_BYTES = 1 << 20
DRAIN_S = 5.0
POLL_S = 0.1


class BoundedSocket(WebSocketProtocol):  # type: ignore[misc]
    """Ends a connection whose unread output passes the bound."""

    maxMessagePayloadSize: int

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
            super().serverSend(content, binary)
        finally:
            self.maxMessagePayloadSize = limit


class DrainingServer(Server):  # type: ignore[misc]
    """Daphne's server with a way to stop that loses nobody."""

    draining = False

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: reactor.callFromThread(self.drain))
        reactor.callWhenRunning(self._bound_sockets)
        super().run()

    def drain(self) -> None:
        """Take no more connections, close the sockets with a code that says why, then stop. A second call stops at once."""
        if self.draining:
            self.stop()
            return
        self.draining = True
        for listener in self.listeners:
            listener.addCallback(lambda port: port.stopListening())
        for protocol in list(self.connections):
            if isinstance(protocol, WebSocketProtocol) and protocol.state == WebSocketProtocol.STATE_OPEN:
                protocol.sendClose(code=RESTARTING, reason="restart")
        self._stop_when_empty(reactor.seconds() + DRAIN_S)

    def _stop_when_empty(self, deadline: float) -> None:
        if not self.connections or reactor.seconds() > deadline:
            self.stop()
        else:
            reactor.callLater(POLL_S, self._stop_when_empty, deadline)

    def _bound_sockets(self) -> None:
        self.ws_factory.protocol = BoundedSocket


def listen(application: Any, host: str, port: int) -> None:
    """Serve ``application`` until told to stop."""
    DrainingServer(
        application=application,
        endpoints=[f"tcp:port={port}:interface={host}"],
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
