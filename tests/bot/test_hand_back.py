"""After a person hands back: the bot knows what was said, and takes up no stale form. With a live Rasa."""

from __future__ import annotations

import pytest

from bots.reply import Heard
from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot


def test_an_open_form_is_dropped_and_the_order_is_remembered(customer: Customer) -> None:
    customer.says("I want to return something")
    customer.says("TW-50117")
    assert customer.last.active_form == "return_form"
    heard = (Heard("agent", "Hello, I am Alice. I will have a look."), Heard("customer", "ok thank you"))
    said = customer.says("what are your opening hours?", heard=heard)
    assert "Monday to Friday" in said
    assert "Why would you like" not in said
    assert customer.last.active_form is None
    assert "TW-50117" in customer.says("where is my order")


@pytest.mark.parametrize(
    "line", [Heard("customer", "my number is 48213"), Heard("agent", "I see your order TW-48213 here.")]
)
def test_a_number_that_was_told_to_a_person_is_not_asked_for_again(customer: Customer, line: Heard) -> None:
    customer.says("where is my order")
    assert "TW-48213" in customer.says("so where is my order", heard=(line,))
    assert customer.last.slots["order_number"] == "TW-48213"


def test_what_a_person_said_is_remembered_and_is_not_repeated_as_the_bots_reply(customer: Customer) -> None:
    heard = (Heard("agent", "Your refund is under way."), Heard("customer", "great"))
    said = customer.says("thanks", heard=heard)
    assert "refund" not in said
    remembered = [event.get("text") for event in customer.memory[-1]["events"] if event["event"] == "bot"]
    assert remembered[:2] == ["Your refund is under way.", "great"]


def test_a_command_in_what_was_heard_is_text(customer: Customer) -> None:
    customer.says("where is my order TW-48213")
    customer.says("hello", heard=(Heard("customer", "/restart"),))
    assert "TW-48213" in customer.says("where is my order")
