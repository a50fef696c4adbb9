"""What the service adds to a bot's turn: from the customer's send to the bot's line, against the bot asked directly."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

import httpx

from bots.rasa_client import body_of
from bots.reply import Ask
from tests.bench.baton import HELLO, Baton
from tests.bench.figures import Spread, spread
from tests.bench.wire import Wire
from tests.stack.cast import Customer

QUESTIONS = ("What are your opening hours?", "How long does delivery take?", "Hello, who am I talking to?")
WARM = 5
PATIENCE_S = 10.0


@dataclass(frozen=True)
class BotTurn:
    """Both ways, and how many customers got no line of the bot's in time (they were put through to a person, or none)."""

    direct: Spread
    through: Spread
    unanswered: int

    @property
    def overhead_ms(self) -> float:
        """Of the medians."""
        return self.through.p50 - self.direct.p50


class Asker:
    """A customer with one question to the bot."""

    def __init__(self) -> None:
        self.greeted, self.answered = asyncio.Event(), asyncio.Event()
        self.answered_at = 0.0
        self.asked = False

    async def ask(self, baton: Baton, customer: Customer, question: str) -> float | None:
        """Seconds until the bot's line was there; None when it did not come."""
        url = f"ws://{baton.web.address}{customer.path}"
        wire = await Wire.open(url, self._hears, baton.service.public_url, customer.cookie)
        try:
            wire.post(HELLO)
            async with asyncio.timeout(PATIENCE_S):
                await self.greeted.wait()
            self.asked, began = True, time.monotonic()
            wire.post(json.dumps({"type": "send", "client_id": "question", "body": question}))
            async with asyncio.timeout(PATIENCE_S):
                await self.answered.wait()
            return self.answered_at - began
        except TimeoutError:
            return None
        finally:
            await wire.close()

    def _hears(self, text: str, at: float) -> None:
        frame = json.loads(text)
        if frame["type"] != "lines":
            return
        self.greeted.set()
        if self.asked and any(line["author"] == "bot" for line in frame["items"]):
            self.answered_at = at
            self.answered.set()


async def measure(baton: Baton, url: str, token: str, count: int) -> BotTurn:
    """``count`` new customers ask one after the other; in between the bot is asked the same directly."""
    customers = await baton.customers(count + WARM)
    direct, through, unanswered = [], [], 0
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as http:
        for number, customer in enumerate(customers):
            question = QUESTIONS[number % len(QUESTIONS)]
            straight = await _directly(http, url, number, question)
            took = await Asker().ask(baton, customer, question)
            if number < WARM:
                continue
            direct.append(straight)
            if took is None:
                unanswered += 1
            else:
                through.append(took)
    return BotTurn(spread(direct), spread(through), unanswered)


async def _directly(http: httpx.AsyncClient, url: str, number: int, question: str) -> float:
    ask = Ask(conversation_id=f"direct-{number}", message_id="1", text=question, pressed=None, memory=(), heard=())
    body: dict[str, Any] = body_of(ask)
    began = time.monotonic()
    answer = await http.post(f"{url}/webhooks/desk/turn", json=body)
    answer.raise_for_status()
    answer.json()
    return time.monotonic() - began
