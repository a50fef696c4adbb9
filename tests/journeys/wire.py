"""A TCP way between one browser and the service, which a test can cut, silence half way, and mend."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65_536
HOST = "127.0.0.1"


@dataclass(eq=False)
class Pair:
    """One connection: the browser's end and the service's."""

    browser: socket.socket
    service: socket.socket
    up: bool = True
    down: bool = True

    def close(self) -> None:
        """Both ends hear of it."""
        for end in (self.browser, self.service):
            with contextlib.suppress(OSError):  # the other side was first
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@dataclass
class Wire:
    """Listens on a port of its own and passes on to the service. Use as a context; ``rule`` sends a browser this way."""

    service: str
    passing: bool = True
    silent: bool = False
    pairs: set[Pair] = field(default_factory=set)

    def __enter__(self) -> Self:
        self.listener = socket.create_server((HOST, 0))
        self._thread(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()

    @property
    def rule(self) -> str:
        """Chromium's flag that makes the service's address lead here; pages and origins keep the address."""
        there, here = urlsplit(self.service).port, self.listener.getsockname()[1]
        return f"--host-resolver-rules=MAP {HOST}:{there} {HOST}:{here}"

    def cut(self) -> None:
        """End every connection, and any new one at once."""
        self.passing = False
        for pair in tuple(self.pairs):
            pair.close()

    def silence(self) -> None:
        """Half open: nobody hears anything any more, and nobody is told. New connections open and stay silent too."""
        self.silent = True
        for pair in tuple(self.pairs):
            pair.up = pair.down = False

    def swallow_answers(self) -> None:
        """What the browser sends arrives; what the service says does not."""
        for pair in tuple(self.pairs):
            pair.down = False

    def mend(self) -> None:
        """New connections pass. A silenced one stays so: its bytes are gone."""
        self.passing, self.silent = True, False

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:
                return  # the test is over
            if not self.passing:
                browser.close()
                continue
            there = socket.create_connection((HOST, urlsplit(self.service).port or 80))
            pair = Pair(browser, there, up=not self.silent, down=not self.silent)
            self.pairs.add(pair)
            self._thread(self._pump, pair, True)
            self._thread(self._pump, pair, False)

    def _pump(self, pair: Pair, up: bool) -> None:
        source, target = (pair.browser, pair.service) if up else (pair.service, pair.browser)
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if pair.up if up else pair.down:
                    target.sendall(data)
        if pair.up and pair.down:
            self.pairs.discard(pair)
            pair.close()

    def _thread(self, run: object, *args: object) -> None:
        threading.Thread(target=run, args=args, daemon=True).start()  # type: ignore[arg-type]
