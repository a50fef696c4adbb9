"""After a person hands back: the bot knows what was said, and takes up no stale form. With a live Rasa."""

from __future__ import annotations

import pytest

from bots.reply import Heard
from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot


def test_the_order_of_a_form_that_was_dropped_is_remembered(customer: Customer) -> None:
    customer.says("I want to return something")
    customer.says("TW-50117")
    heard = (Heard("agent", "Hello, I am Alice. I will have a look."), Heard("customer", "ok thank you"))
    assert "Why would you like" not in customer.says("what are your opening hours?", heard=heard)
    assert "TW-50117" in customer.says("where is my order")


@pytest.mark.parametrize(
    "line", [Heard("customer", "my number is 48213"), Heard("agent", "I see your order TW-48213 here.")]
)
def test_a_number_that_was_told_to_a_person_is_not_asked_for_again(customer: Customer, line: Heard) -> None:
    customer.says("where is my order")
    assert "TW-48213" in customer.says("so where is my order", heard=(line,))
    assert customer.last.slots["order_number"] == "TW-48213"


def test_what_people_said_is_remembered(customer: Customer) -> None:
    heard = (Heard("agent", "Your refund is under way."), Heard("customer", "great"))
    customer.says("thanks", heard=heard)
    remembered = [event.get("text") for event in customer.memory[-1]["events"] if event["event"] == "bot"]
    assert remembered[:2] == ["Your refund is under way.", "great"]


@pytest.mark.parametrize("letter", ["w", "ж", "語"])
def test_as_much_as_the_service_ever_tells_of_a_talk_is_taken_in(customer: Customer, letter: str) -> None:
    heard = tuple(Heard("agent", (letter * 7 + " ") * 500) for _ in range(20))
    assert "Monday to Friday" in customer.says("what are your opening hours", heard=heard)
    assert "TW-48213" in customer.says("where is my order TW-48213")
