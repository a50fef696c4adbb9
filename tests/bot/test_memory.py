"""Memory that the present model cannot make sense of: written by an older one, or damaged. Live Rasa."""

from __future__ import annotations

from typing import Any

import pytest

from bots.rasa_client import RasaBot
from bots.reply import Ask, Unavailable, Why
from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot
LISTEN = {"event": "action", "name": "action_listen"}
GONE = {"event": "active_loop", "name": "gift_wrap_form"}
OLDER = {
    "within the window": ({"events": [GONE, LISTEN], "after": {"slots": {"ribbon": "red"}, "active_loop": None}},),
    "before the window": (
        {"events": [], "after": {"slots": {"ribbon": "red"}, "active_loop": "gift_wrap_form"}},
        {"events": [LISTEN] * 40, "after": {"slots": {}, "active_loop": "gift_wrap_form"}},
    ),
    "a slot of its own": ({"events": [{"event": "slot", "name": "ribbon", "value": "red"}, LISTEN], "after": {}},),
    "an action of its own": ({"events": [{"event": "action", "name": "action_wrap"}, LISTEN], "after": {}},),
}
DAMAGED: list[dict[str, Any]] = [
    {"events": 7, "after": {}},
    {"events": None, "after": {}},
    {"events": [7], "after": {}},
    {"events": [{"event": "no such event"}], "after": {}},
]


@pytest.mark.parametrize("memory", OLDER.values(), ids=OLDER)
def test_a_conversation_that_an_older_model_began_goes_on(bot: RasaBot, memory: tuple[dict[str, Any], ...]) -> None:
    customer = Customer(bot, "older")
    customer.memory = memory
    assert "Monday to Friday" in customer.says("what are your opening hours")
    assert customer.last.active_form is None
    assert "TW-48213" in customer.says("where is my order TW-48213")


@pytest.mark.parametrize("item", DAMAGED)
def test_damaged_memory_is_refused_and_does_not_close_the_bot_to_others(bot: RasaBot, item: dict[str, Any]) -> None:
    for _ in range(6):
        answer = bot.answer(Ask("damaged", "m", "hello", memory=(item,)))
        assert answer == Unavailable(Why.STATUS, "400")
    assert "bot" in Customer(bot, "well").says("hello")
