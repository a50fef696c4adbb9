"""Golden conversations about returns, refunds and stock, with a live Rasa."""

from __future__ import annotations

import pytest

from tests.bot.fake_shop import FakeShop
from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot


def test_a_return_is_announced_with_order_and_reason(customer: Customer, shop: FakeShop) -> None:
    assert "What is your order number" in customer.says("I want to return something")
    assert "Why would you like to return it" in customer.says("TW-50117")
    said = customer.says("the colour is not what I expected")
    assert "is announced" in said
    made = shop.returns[f"{customer.conversation_id}-3"]
    assert made["reason"] == "the colour is not what I expected"
    assert made["number"] in said
    assert customer.last.active_form is None


def test_a_second_return_asks_for_its_own_reason(customer: Customer) -> None:
    customer.says("return order TW-50117")
    customer.says("too small")
    assert "Why would you like to return it" in customer.says("I want to return another thing")


def test_a_return_that_the_shop_refuses_says_why(customer: Customer) -> None:
    customer.says("return order TW-48213")
    assert "cannot be returned: it has not been delivered yet" in customer.says("too small")
    assert customer.last.understanding.failures == ()


def test_a_change_of_mind_is_not_taken_for_the_reason(customer: Customer, shop: FakeShop) -> None:
    customer.says("return order TW-50117")
    before = len(shop.returns)
    assert "stopped" in customer.says("never mind")
    assert len(shop.returns) == before


def test_the_customer_can_go_over_from_one_form_to_another(customer: Customer) -> None:
    customer.says("where is my order")
    customer.says("I want to return something")
    assert customer.last.active_form == "return_form"
    assert "Why would you like to return it" in customer.says("TW-50117")


@pytest.mark.parametrize(
    ("number", "says"), [("TW-52001", "was refunded on 9 November"), ("TW-50117", "There is no return")]
)
def test_a_refund_is_looked_up(customer: Customer, number: str, says: str) -> None:
    assert says in customer.says(f"where is the refund for {number}?")


def test_stock_and_price_are_looked_up(customer: Customer) -> None:
    assert customer.says("do you have the Lomma 2 in stock?") == "Lomma 2, €289.00: only 2 left."
    assert "Lomma 3, €349.00: sold out" in customer.says("what tents do you have?")
    assert "no product by that name" in customer.says("do you have any zeppelins in stock?")
