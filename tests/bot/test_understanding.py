"""What is understood and what is not, and whom the channel answers, with a live Rasa."""

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
