"""Golden conversations about orders, with a live Rasa."""

from __future__ import annotations

import pytest

from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot


@pytest.mark.parametrize("number", ["TW-48213", "tw48213", "TW 48213", "#48213", "48213"])
def test_an_order_is_found_however_its_number_is_written(customer: Customer, number: str) -> None:
    assert "TW-48213" in customer.says(f"where is my order {number}")
    assert customer.last.slots["order_number"] == "TW-48213"
    assert customer.last.understanding.intent == "order_status"


def test_the_status_says_what_where_and_when(customer: Customer) -> None:
    said = customer.says("where is my order TW-48213?")
    assert "Lomma 2, €289.00" in said
    assert "on its way with DHL" in said
    assert "JD0146" in said
    assert "25 November" in said
    assert customer.last.understanding.failures == ()
    assert customer.last.active_form is None


def test_the_number_is_asked_for_and_then_used(customer: Customer) -> None:
    assert "order number" in customer.says("where is my parcel")
    assert customer.last.active_form == "order_status_form"
    assert "on its way" in customer.says("48213")
    assert customer.last.active_form is None


def test_a_known_number_is_not_asked_for_again_and_a_new_one_replaces_it(customer: Customer) -> None:
    customer.says("where is my order TW-48213")
    assert "TW-48213 has already been sent" in customer.says("cancel my order")
    assert "TW-50117" in customer.says("and where is order TW-50117")
    assert customer.last.slots["order_number"] == "TW-50117"
    assert "TW-50117" in customer.says("where is my order")


def test_of_two_numbers_in_one_message_the_last_counts(customer: Customer) -> None:
    assert "TW-48213" in customer.says("where is my order, not TW-50117, I mean TW-48213")
    assert customer.last.slots["order_number"] == "TW-48213"


def test_a_number_alone_is_noted_and_offers_what_to_do(customer: Customer) -> None:
    assert customer.says("TW-48213") == "Order TW-48213, noted. What would you like to do with it?"
    assert "already been sent" in customer.presses("Cancel it")


def test_an_unknown_number_is_said_and_asked_for_again(customer: Customer) -> None:
    customer.says("where is my order")
    said = customer.says("99999")
    assert "cannot find an order TW-99999" in said
    assert "What is your order number" in said
    assert customer.last.active_form == "order_status_form"
    assert customer.last.understanding.failures == ()
    assert "on its way" in customer.says("sorry, TW-48213")


def test_two_unknown_numbers_stop_the_form_and_are_reported(customer: Customer) -> None:
    customer.says("where is my order TW-99999")
    said = customer.says("99998")
    assert "I stop here" in said
    assert customer.last.active_form is None
    assert customer.last.understanding.failures == ("order_status_form",)
    assert "order_number" not in customer.last.slots


def test_a_change_of_mind_leaves_the_form(customer: Customer) -> None:
    customer.says("where is my order")
    assert "stopped" in customer.says("never mind")
    assert customer.last.active_form is None


def test_a_question_in_between_is_answered_and_the_form_goes_on(customer: Customer) -> None:
    customer.says("where is my order")
    said = customer.says("what are your opening hours?")
    assert "Monday to Friday" in said
    assert "What is your order number" in said
    assert "on its way" in customer.says("48213")


def test_asking_for_a_person_leaves_the_form_and_promises_nothing(customer: Customer) -> None:
    customer.says("where is my order")
    said = customer.says("I want to talk to a person")
    assert said == "You can have a person at any time: just say so."
    assert customer.last.understanding.intent == "talk_to_person"
    assert customer.last.active_form is None


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("TW-51220", "can still be cancelled. I cannot do that myself"),
        ("TW-48213", "already been sent"),
        ("TW-50117", "has been delivered"),
    ],
)
def test_what_is_said_about_cancelling_depends_on_the_status(customer: Customer, number: str, says: str) -> None:
    assert says in customer.says(f"cancel order {number}")


def test_a_long_conversation_keeps_the_number_and_the_open_form(customer: Customer) -> None:
    customer.says("where is my order TW-50117")
    for _ in range(25):
        customer.says("what are your opening hours")
    assert "TW-50117" in customer.says("where is my order")
    customer.says("I want to return something")
    for _ in range(25):
        customer.says("what are your opening hours")
    assert customer.last.active_form == "return_form"
    assert "is announced" in customer.says("it is too small for me")
