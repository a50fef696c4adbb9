"""The load: sends on chats by a timetable (open loop) or as fast as answers come (closed loop), and keeps the ledger."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress

from tests.bench.chat import Chat, Ears, deaf
from tests.bench.figures import due_times
from tests.bench.ledger import Ledger

BODY_BYTES = 120
SAYINGS = (
    "Hello, my parcel was due on Monday and the page has shown nothing since; can you tell me where it is at the moment",
    "I ordered the green jacket in medium and got a large one, so I would like to know how I can change it for the other",
    "The invoice of last week shows two deliveries although both things came in the same box, would you look at it with me",
    "Is it possible to send the second part of the order to another address, because I am at my parents' house next week",
    "Thank you, that is clear to me now, and one more question: until which day can I send the shoes back if they are tight",
    "I see a discount of ten per cent on the page, but the basket shows the old price, both on my phone and on my computer",
)
SETTLE_S = 60.0


def body(client_id: str) -> str:
    """What is written under this name: 120 bytes that end with it, because the other side is told no client_id."""
    saying = SAYINGS[int(client_id.rpartition("-")[2]) % len(SAYINGS)]
    return f"{saying:<{BODY_BYTES}}"[: BODY_BYTES - len(client_id) - 1] + f" {client_id}"


class Load:
    """One measurement of one stack. ``side`` says who writes: customer or agent."""

    def __init__(self, chats: Sequence[Chat], side: str = "customer") -> None:
        self.chats = chats
        self.posts = [chat.write if side == "customer" else chat.reply for chat in chats]
        self.ledger = Ledger()
        self.prefix = f"{uuid.uuid4().hex[:8]}-"
        self.settled = asyncio.Event()
        self.until = 0.0
        for chat in chats:
            chat.ears = Ears(self._accepted, self._refused, self._seen)

    async def by_timetable(self, rate: float, seconds: float, seed: int) -> float:
        """Send ``rate`` messages a second in all, each when it is due, whatever the stack does; the moment of the start."""
        began = time.monotonic() + 0.05
        for number, after in enumerate(due_times(rate, seconds, seed)):
            due = began + after
            wait = due - time.monotonic()
            # Late by the loop's own doing is still counted from when it was due. Sleeping 0 lets answers in.
            await asyncio.sleep(max(wait, 0))
            self._send(number % len(self.chats), due)
        return began

    async def by_window(self, window: int, seconds: float) -> float:
        """Keep ``window`` messages of each chat unanswered; the moment of the start."""
        began = time.monotonic()
        self.until = began + seconds
        for _ in range(window):
            for chat in range(len(self.chats)):
                self._send(chat, began)
        await asyncio.sleep(seconds)
        return began

    async def one_by_one(self, count: int) -> None:
        """Send a message when the one before is on the other side's screen. Raises TimeoutError."""
        for _ in range(count):
            self._send(0, time.monotonic())
            async with asyncio.timeout(SETTLE_S):
                await self.settled.wait()

    async def settle(self) -> None:
        """Wait until all is acknowledged and seen, or a minute; what is missing then is counted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_S):
                await self.settled.wait()
        for chat in self.chats:
            chat.ears = deaf()

    def _send(self, chat: int, due: float) -> None:
        client_id = f"{self.prefix}{len(self.ledger.entries)}"
        self.ledger.write(client_id, chat, due)
        self.settled.clear()
        self._post(client_id)

    def _post(self, client_id: str) -> None:
        self.posts[self.ledger.entries[client_id].chat](client_id, body(client_id))

    def _accepted(self, client_id: str, seq: int, at: float) -> None:
        if client_id not in self.ledger.entries:
            return
        self.ledger.accept(client_id, seq, at)
        if at < self.until:
            self._send(self.ledger.entries[client_id].chat, at)
        self._look_up()

    def _seen(self, client_id: str, seq: int, at: float) -> None:
        self.ledger.see(client_id, seq, at)
        self._look_up()

    def _look_up(self) -> None:
        if self.ledger.settled:
            self.settled.set()

    def _refused(self, client_id: str, retry_s: float) -> None:
        self.ledger.refuse(client_id)
        if retry_s > 0:
            asyncio.get_running_loop().call_later(retry_s, self._post, client_id)
