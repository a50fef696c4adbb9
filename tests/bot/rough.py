"""A server on a real socket that answers as its script likes, and the ways to misbehave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bots.rasa_client import RasaBot

Script = Callable[[socket.socket, threading.Event], None]
"""Writes to a connection whose request was read; the event is set when the server stops."""


class RoughServer:
    """Reads one request of each connection, keeps it in ``requests``, and lets the script answer; many at once."""

    def __init__(self, script: Script) -> None:
        self.requests: list[bytes] = []
        self._script = script
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def stop(self) -> None:
        """Let every script end and stop listening."""
        self._stopped.set()
        with socket.create_connection(self._listener.getsockname()):
            pass
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            connection, _ = self._listener.accept()
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = whole_request(connection)
                if request:
                    self.requests.append(request)
                    self._script(connection, self._stopped)
            except OSError:
                pass  # the client gave up, which some scripts are there for


def whole_request(connection: socket.socket) -> bytes:
    """Return head and body, or nothing if the connection was closed without a request."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return b""
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def http(body: bytes, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return an answer as it goes over the wire; ``length`` is what its head says, when that is not true."""
    said = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {said}\r\nConnection: close\r\n\r\n".encode() + body


def sends(data: bytes) -> Script:
    """Send it at once."""
    return lambda connection, stopped: connection.sendall(data)


def hangs(connection: socket.socket, stopped: threading.Event) -> None:
    """Take the request and never answer."""
    stopped.wait()


def drips(data: bytes) -> Script:
    """Send the beginning at once and then a byte now and then, for ever."""

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        connection.sendall(data)
        while not stopped.wait(0.02):
            connection.sendall(b" ")

    return script


def floods(head: bytes, piece: bytes) -> Script:
    """Send without an end."""

    def script(connection: socket.socket, stopped: threading.Event) -> None:
        connection.sendall(head)
        while not stopped.is_set():
            connection.sendall(piece)

    return script


@contextmanager
def serving(script: Script, timeout: float = 4.0) -> Iterator[tuple[RasaBot, RoughServer]]:
    """A client and the server that it asks."""
    server = RoughServer(script)
    bot = RasaBot(server.url, "secret", timeout=timeout)
    try:
        yield bot, server
    finally:
        bot.close()
        server.stop()


@contextmanager
def nobody_accepts() -> Iterator[str]:
    """A port whose queue is full: a connection to it is neither made nor refused."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = []
        for _ in range(8):  # how many fit differs by system; more than that do no harm
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
            waiting.append(one)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for one in waiting:
                one.close()
