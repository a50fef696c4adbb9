"""What is a command, what is not understood, and what a press of a button means, with a live Rasa."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest

from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot
# None of these is among the questions that the threshold was calibrated with.
OUT_OF_SCOPE = (
    "which planet is closest to the sun",
    "can you write my homework",
    "how do I bake sourdough bread",
    "who wrote Hamlet",
    "book a table for two at eight",
    "is there life on Mars",
    "what is the square root of 144",
    "my cat does not eat",
    "tell me the news",
    "how far is it to Bergen by bike",
    "which wood is best for a campfire",
    "do bears live in Sweden",
    "my knee hurts after running",
    "convert ten miles to kilometres",
    "who is your investor",
)


def test_the_greeting_says_that_it_is_a_bot_and_offers_topics(customer: Customer) -> None:
    assert "bot" in customer.says("hello")
    titles = [button.title for button in customer.last.utterances[0].buttons]
    assert titles == ["Where is my order?", "Return or refund", "Opening hours"]


def test_a_button_is_its_payload_and_not_its_title(customer: Customer) -> None:
    customer.says("hello")
    assert "What is your order number" in customer.presses("Return or refund")
    assert customer.last.active_form == "return_form"
    assert customer.last.understanding.intent == "return_item"
    assert customer.last.understanding.confidence == 1.0


@pytest.mark.parametrize("payload", ["/restart", "/back", "/session_start", "/complaint", "/nonsense", "order_status"])
def test_a_payload_that_the_bot_does_not_offer_is_only_its_title(customer: Customer, payload: str) -> None:
    assert "Monday to Friday" in customer.says("what are your opening hours", pressed=payload)


@pytest.mark.parametrize("typed", ["/restart", "/session_start", "  /restart", "//restart", "/"])
def test_a_typed_command_is_text_and_forgets_nothing(customer: Customer, typed: str) -> None:
    customer.says("where is my order TW-48213")
    customer.says(typed)
    assert customer.last.slots["order_number"] == "TW-48213"
    assert "TW-48213" in customer.says("where is my order")


def test_a_typed_intent_with_entities_sets_nothing_by_itself(customer: Customer) -> None:
    customer.says('/inform{"order_number": "DROP TABLE"}')
    assert "order_number" not in customer.last.slots
    assert customer.last.understanding.confidence < 1.0


@pytest.mark.parametrize("text", ["asdf jkl qwe rtz", "blorp fizzle wubba", "!!!", "🙂🙂", "qqq www eee"])
def test_gibberish_falls_back(customer: Customer, text: str) -> None:
    assert "did not understand" in customer.says(text)
    assert customer.last.understanding.fallback
    assert customer.last.understanding.intent is None


def test_at_least_four_of_five_questions_out_of_scope_fall_back(another: Callable[[str], Customer]) -> None:
    understood = []
    for question in OUT_OF_SCOPE:
        customer = another(question)
        customer.says(question)
        if not customer.last.understanding.fallback:
            understood.append((question, customer.last.understanding.intent))
    assert len(understood) <= len(OUT_OF_SCOPE) // 5, understood


def test_prices_years_and_amounts_are_no_order_numbers(customer: Customer) -> None:
    customer.says("I paid 12,999.00 and not 12999.50 for it in 2026, about 289 too much")
    assert "order_number" not in customer.last.slots
    assert customer.last.understanding.entities == {}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("you charged my card twice!!", "double_charge"),
        ("my tent arrived with a broken pole", "damaged_item"),
        ("this is unacceptable, I want to complain", "complaint"),
        ("I forgot my password", "reset_password"),
        ("can I have an invoice for my company please", "invoice"),
        ("how long is the guarantee on tents?", "warranty"),
        ("please close my account", "delete_account"),
        ("my voucher code does not work", "voucher"),
        ("how much is delivery to Austria", "delivery_info"),
        ("I gave you the wrong delivery address", "change_address"),
        ("can I pay with paypal", "payment_methods"),
        ("are you a real person?", "bot_challenge"),
        ("thank you very much", "thanks"),
        ("bye bye", "goodbye"),
    ],
)
def test_common_inquiries_are_understood_and_answered(customer: Customer, text: str, intent: str) -> None:
    said = customer.says(text)
    assert customer.last.understanding.intent == intent
    assert customer.last.understanding.ranking[0][0] == intent
    assert not customer.last.understanding.fallback
    assert not re.search("colleague|connect you|transfer you|bring in", said)


def test_the_channel_answers_nobody_without_the_token(rasa_url: str) -> None:
    body = {"conversation_id": "c", "message_id": "m", "text": "hi", "memory": [], "heard": []}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "rasa-secret"}):
        assert httpx.post(f"{rasa_url}/webhooks/desk/turn", json=body, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "change", [{"text": None}, {"memory": {}}, {"memory": [{}]}, {"heard": ["x"]}, {"conversation_id": 7}]
)
def test_a_malformed_turn_is_refused_with_the_name_of_the_field(rasa_url: str, change: dict[str, object]) -> None:
    body = {"conversation_id": "c", "message_id": "m", "text": "hi", "memory": [], "heard": []} | change
    answer = httpx.post(f"{rasa_url}/webhooks/desk/turn", json=body, headers={"Authorization": "Bearer rasa-secret"})
    assert answer.status_code == 400
    assert next(iter(change)) in answer.json()["error"]
