"""Asks Rasa's desk channel, within a deadline, and makes a typed failure of whatever goes wrong."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import asdict
from typing import Any

import httpx

from bots.circuit import Circuit
from bots.rasa_answer import Malformed, read_answer
from bots.reply import Answer, Ask, Unavailable, Why

MOST_BYTES = 1_000_000
REMEMBERED_TURNS = 21
"""Turns sent along. The channel replays forty events, a turn has two at least, and one more holds the slots before."""
MOST_AT_ONCE = 64
"""Connections; who finds all of them in use waits for one, within the deadline."""
PAUSE_S = 10.0
"""How long Rasa is left alone after several failures, before one asks to see."""
KEPT_S = 2.0
"""How long an unused connection is kept. Rasa's server closes one after five seconds: a request that met that moment
would fail for no reason."""


class RasaBot:
    """Rasa at ``base_url``. Safe to share between threads; connections are kept and used again.

    The requests run on an event loop in a thread of their own, because only cancellation bounds an answer that
    trickles: a blocking client's time-out starts again with every byte. What came is read in the asking thread, so that
    a large answer holds up nobody else.
    """

    def __init__(
        self, base_url: str, token: str, timeout: float = 4.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Answer within ``timeout`` seconds in all; ``clock`` is the circuit breaker's. Raises for what is no URL."""
        self._url = httpx.URL(base_url.rstrip("/") + "/webhooks/desk/turn")
        self._headers = {
            **({"Authorization": f"Bearer {token}"} if token else {}),  # an empty one is no header that may be sent
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
        }
        self._timeout = timeout
        # A probe that hangs keeps its place until it has failed, however long that may take.
        self._circuit = Circuit(clock, pause=max(PAUSE_S, timeout + 1.0))
        self._lock = threading.Lock()
        self._line: Line | None = None

    def answer(self, ask: Ask) -> Answer:
        """Ask Rasa. Every failure of it is ``Unavailable``."""
        if not self._circuit.may_ask():
            return Unavailable(Why.CIRCUIT_OPEN)
        body = json.dumps(body_of(ask)).encode()
        try:
            answer = read(self._begin(body).result())
        except CancelledError:
            answer = Unavailable(Why.REFUSED, "closed meanwhile")
        if isinstance(answer, Unavailable) and not refused_this_one(answer):
            self._circuit.failed()
        else:
            self._circuit.succeeded()
        return answer

    def close(self) -> None:
        """Break off what is under way, close the connections and end the thread."""
        with self._lock:
            line, self._line = self._line, None
        if line:
            line.close()

    def _begin(self, body: bytes) -> Future[bytes | Unavailable]:
        # Under the lock, so that no question comes to a line that is being closed: it would wait for ever. The first to
        # ask starts the thread, so that a fork before that does no harm.
        with self._lock:
            if self._line is None:
                self._line = Line(self._headers)
            return asyncio.run_coroutine_threadsafe(self._ask(self._line.http, body), self._line.loop)

    async def _ask(self, http: httpx.AsyncClient, body: bytes) -> bytes | Unavailable:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._exchange(http, body)
        except TimeoutError:
            return Unavailable(Why.TIMEOUT, f"no answer in {self._timeout:g} s")
        except (httpx.ConnectError, httpx.UnsupportedProtocol) as error:
            return Unavailable(Why.REFUSED, str(error))
        except httpx.HTTPError as error:
            # Rasa died or spoke no HTTP in the middle of the answer.
            return Unavailable(Why.MALFORMED, f"{type(error).__name__}: {error}")

    async def _exchange(self, http: httpx.AsyncClient, body: bytes) -> bytes | Unavailable:
        received = bytearray()
        async with http.stream("POST", self._url, content=body) as response:
            if response.status_code == 504:
                return Unavailable(Why.TIMEOUT, "Rasa gave up by itself")
            if response.status_code != 200:
                return Unavailable(Why.STATUS, str(response.status_code))
            async for chunk in response.aiter_raw():
                received += chunk
                if len(received) > MOST_BYTES:
                    return Unavailable(Why.TOO_LARGE, f"more than {MOST_BYTES} bytes")
        return bytes(received)


class Line:
    """An event loop in a thread of its own, and the connections that live on it."""

    def __init__(self, headers: dict[str, str]) -> None:
        """Start the thread."""
        limits = httpx.Limits(max_connections=MOST_AT_ONCE, keepalive_expiry=KEPT_S)
        # The deadline is asyncio's; httpx's own time-outs are per read.
        self.http = httpx.AsyncClient(headers=headers, timeout=None, trust_env=False, limits=limits)
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._turn_over, name="rasa", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Cancel what is under way and end the thread."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()

    def _turn_over(self) -> None:
        self.loop.run_forever()
        self.loop.close()

    async def _hang_up(self) -> None:
        asking = asyncio.all_tasks() - {asyncio.current_task()}
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        await self.http.aclose()


def read(received: bytes | Unavailable) -> Answer:
    """Return the answer that the bytes hold."""
    if isinstance(received, Unavailable):
        return received
    try:
        return read_answer(json.loads(received))
    except (Malformed, ValueError, RecursionError) as error:
        return Unavailable(Why.MALFORMED, str(error)[:200])


def refused_this_one(answer: Unavailable) -> bool:
    """Say whether Rasa is well and refused this one request (4xx): others may go on asking."""
    return answer.why is Why.STATUS and answer.detail.startswith("4")


def body_of(ask: Ask) -> dict[str, Any]:
    """Return the ask as the channel wants it; of the memory only what the channel wrote, not an earlier bot."""
    ours = [dict(item) for item in ask.memory if {"events", "after"} <= item.keys()]
    return {
        "conversation_id": ask.conversation_id,
        "message_id": ask.message_id,
        "text": ask.text,
        "pressed": ask.pressed,
        "memory": ours[-REMEMBERED_TURNS:],
        "heard": [asdict(line) for line in ask.heard],
    }
