"""When the shop or the action server fails, the customer is told and the failure reaches the caller. Live Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.rasa_client import RasaBot
from tests.bot.conftest import serve_rasa
from tests.bot.fake_shop import FakeShop
from tests.bot.running import free_port
from tests.bot.talk import Customer

pytestmark = pytest.mark.live_bot
HONEST = "I cannot reach the order system right now."


def test_a_shop_that_hangs_costs_the_look_up_and_not_the_answer(customer: Customer, shop: FakeShop) -> None:
    shop.hang.clear()
    assert customer.says("do you have the Lomma 2 in stock") == HONEST  # the shop has not answered yet
    assert customer.last.understanding.failures == ("action_product_availability",)


def test_a_return_that_could_not_be_announced_is_forgotten(customer: Customer, shop: FakeShop) -> None:
    customer.says("return order TW-50117")
    shop.broken = True
    assert customer.says("too small") == HONEST
    assert customer.last.understanding.failures == ("action_submit_return",)
    shop.broken = False
    assert "Why would you like to return it" in customer.says("I want to return it")


@pytest.fixture(scope="module")
def bot_without_actions(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaBot]:
    """A Rasa whose action server is down."""
    nowhere = f"http://127.0.0.1:{free_port()}/webhook"
    for url in serve_rasa(model, nowhere, tmp_path_factory.mktemp("alone") / "log"):
        bot = RasaBot(url, "rasa-secret")
        yield bot
        bot.close()


def test_without_its_action_server_the_bot_says_so_and_goes_on_with_the_rest(bot_without_actions: RasaBot) -> None:
    customer = Customer(bot_without_actions, "alone")
    assert customer.says("where is my order TW-48213") == HONEST
    assert list(customer.last.understanding.failures) == ["order_status_form"]
    assert "Monday to Friday" in customer.says("what are your opening hours")
    assert not customer.last.understanding.failures
