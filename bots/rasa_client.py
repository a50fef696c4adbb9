"""Asks Rasa's desk channel, within a deadline, and makes a typed failure of whatever goes wrong."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import httpx

from bots.circuit import Circuit
from bots.rasa_answer import Malformed, read_answer
from bots.reply import Answer, Ask, Unavailable, Why

MOST_BYTES = 1_000_000
REMEMBERED_TURNS = 21
"""Turns sent along. The channel replays forty events, a turn has two at least, and one more holds the slots before."""


class RasaBot:
    """Rasa at ``base_url``. Safe to share between threads; connections are kept and used again.

    The requests run on an event loop in a thread of their own, because only cancellation bounds an answer that
    trickles: a blocking client's time-out starts again with every byte.
    """

    def __init__(
        self, base_url: str, token: str, timeout: float = 4.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Answer within ``timeout`` seconds in all; ``clock`` is the circuit breaker's."""
        self._url = base_url.rstrip("/") + "/webhooks/desk/turn"
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        self._timeout = timeout
        self._circuit = Circuit(clock)
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, httpx.AsyncClient] | None = None

    def answer(self, ask: Ask) -> Answer:
        """Ask Rasa. Every failure of it is ``Unavailable``."""
        if not self._circuit.may_ask():
            return Unavailable(Why.CIRCUIT_OPEN)
        loop, http = self._connected()
        answer = asyncio.run_coroutine_threadsafe(self._ask(http, body_of(ask)), loop).result()
        if isinstance(answer, Unavailable) and not refused_this_one(answer):
            self._circuit.failed()
        else:
            self._circuit.succeeded()
        return answer

    def close(self) -> None:
        """Close the connections and end the thread."""
        with self._lock:
            running, self._running = self._running, None
        if running:
            loop, http = running
            asyncio.run_coroutine_threadsafe(http.aclose(), loop).result()
            loop.call_soon_threadsafe(loop.stop)

    def _connected(self) -> tuple[asyncio.AbstractEventLoop, httpx.AsyncClient]:
        """Return the loop and its client; the first to ask starts them, so that a fork before that does no harm."""
        with self._lock:
            if self._running is None:
                loop = asyncio.new_event_loop()
                # The deadline is asyncio's; httpx's own time-outs are per read.
                self._running = loop, httpx.AsyncClient(headers=self._headers, timeout=None, trust_env=False)
                threading.Thread(target=turn_over, args=(loop,), name="rasa", daemon=True).start()
            return self._running

    async def _ask(self, http: httpx.AsyncClient, body: dict[str, Any]) -> Answer:
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

    async def _exchange(self, http: httpx.AsyncClient, body: dict[str, Any]) -> Answer:
        received = bytearray()
        async with http.stream("POST", self._url, json=body) as response:
            if response.status_code != 200:
                return Unavailable(Why.STATUS, str(response.status_code))
            async for chunk in response.aiter_raw():
                received += chunk
                if len(received) > MOST_BYTES:
                    return Unavailable(Why.TOO_LARGE, f"more than {MOST_BYTES} bytes")
        try:
            return read_answer(json.loads(received))
        except (Malformed, ValueError, RecursionError) as error:
            return Unavailable(Why.MALFORMED, str(error)[:200])


def refused_this_one(answer: Unavailable) -> bool:
    """Say whether Rasa is well and refused this one request (4xx): others may go on asking."""
    return answer.why is Why.STATUS and answer.detail.startswith("4")


def turn_over(loop: asyncio.AbstractEventLoop) -> None:
    """Run the loop until it is stopped, and close it then."""
    loop.run_forever()
    loop.close()


def body_of(ask: Ask) -> dict[str, Any]:
    """Return the ask as the channel wants it."""
    return {
        "conversation_id": ask.conversation_id,
        "message_id": ask.message_id,
        "text": ask.text,
        "pressed": ask.pressed,
        "memory": [dict(item) for item in ask.memory[-REMEMBERED_TURNS:]],
        "heard": [asdict(line) for line in ask.heard],
    }
