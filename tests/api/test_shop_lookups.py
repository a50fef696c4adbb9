"""The look-ups that the bot's action server makes: orders and products, by token only."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from support.demo.loading import stock
from tests import people

TOKEN = "the shop's token of the tests"


@pytest.fixture(autouse=True)
def shop(db: None, settings: Settings) -> None:
    settings.SHOP_TOKEN = TOKEN
    stock.load(timezone.localdate())


@pytest.fixture
def bot() -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    return client


def ahead(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_an_order_on_its_way_is_told_with_carrier_and_day(bot: APIClient) -> None:
    answer = bot.get("/api/shop/orders/TW-48300")
    assert answer.status_code == 200
    assert answer.json() == {
        "number": "TW-48300",
        "status": "shipped",
        "placed_on": ahead(-2),
        "items": [
            {"name": "Lomma 3", "quantity": 1, "price": "369.00"},
            {"name": "Tent repair kit", "quantity": 1, "price": "12.00"},
        ],
        "total": "381.00",
        "currency": "EUR",
        "carrier": "Norrpost",
        "tracking": "NP483007720SE",
        "expected_on": ahead(2),
        "delivered_on": None,
        "return": None,
    }


def test_an_order_that_has_not_left_has_no_carrier(bot: APIClient) -> None:
    order = bot.get("/api/shop/orders/TW-48317").json()
    assert (order["status"], order["carrier"], order["tracking"]) == ("placed", None, None)


def test_a_returned_order_says_how_far_the_return_is(bot: APIClient) -> None:
    assert bot.get("/api/shop/orders/TW-48213").json()["return"] == {
        "number": "RT-1043",
        "status": "received",
        "reason": "The tent is too small for the two of us.",
        "received_on": ahead(-3),
        "refunded_on": None,
    }


def test_the_total_counts_every_piece(bot: APIClient) -> None:
    assert bot.get("/api/shop/orders/TW-48250").json()["total"] == "56.00"


@pytest.mark.parametrize("number", ["tw-48300", "%20TW-48300%20"])
def test_a_number_is_found_as_people_write_it(bot: APIClient, number: str) -> None:
    assert bot.get(f"/api/shop/orders/{number}").json()["number"] == "TW-48300"


@pytest.mark.parametrize("number", ["TW-99999", "48300", "%00", "x" * 500])
def test_an_unknown_order_is_a_404_with_a_reason(bot: APIClient, number: str) -> None:
    answer = bot.get(f"/api/shop/orders/{number}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert answer.json()["detail"].startswith("There is no order")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("tent", ["Lomma 2", "Lomma 3", "Skarn tarp", "Tent repair kit"]),
        ("berg boot", ["Berg boots", "Hede shoes"]),
        ("LOMMA 3", ["Lomma 3"]),
        ("sleeping bags", ["Dun sleeping bag"]),
        ("do you have a mug for me", ["Enamel mug"]),
        ("submarine", []),
        ("'; drop table", []),
        ("\x00", None),
    ],
)
def test_products_are_found_by_words_of_name_and_category(bot: APIClient, words: str, names: list[str] | None) -> None:
    found = bot.get("/api/shop/products", {"search": words})
    assert found.status_code == 200
    if names is None:
        return
    shown = [product["name"] for product in found.json()]
    assert shown[:1] == names[:1]
    assert set(names) <= set(shown)
    assert names or not shown


def test_a_product_is_told_with_price_and_stock(bot: APIClient) -> None:
    assert bot.get("/api/shop/products", {"search": "shoes"}).json()[0] == {
        "name": "Hede shoes",
        "category": "boots",
        "price": "129.00",
        "currency": "EUR",
        "stock": 0,
    }


def test_at_most_five_products_are_told(bot: APIClient) -> None:
    assert len(bot.get("/api/shop/products").json()) == 5


CALLS: list[tuple[str, str, dict[str, Any]]] = [
    ("get", "/api/shop/orders/TW-48300", {}),
    ("get", "/api/shop/products", {}),
    ("post", "/api/shop/returns", {"order": "TW-48222", "reason": "x", "message_id": "m"}),
]


@pytest.mark.parametrize(("method", "address", "body"), CALLS)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ö"])
def test_without_the_token_nothing_opens(method: str, address: str, body: dict[str, Any], header: str | None) -> None:
    client = APIClient()
    if header is not None:
        client.credentials(HTTP_AUTHORIZATION=header)
    answer = getattr(client, method)(address, body)
    assert answer.status_code == 401
    assert set(answer.json()) == {"code", "detail"}


@pytest.mark.parametrize(("method", "address", "body"), CALLS)
@pytest.mark.parametrize("header", ["Bearer", "Bearer ", f"Bearer {TOKEN}"])
def test_a_service_without_a_token_lets_nobody_in(
    settings: Settings, method: str, address: str, body: dict[str, Any], header: str
) -> None:
    settings.SHOP_TOKEN = ""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    assert getattr(client, method)(address, body).status_code == 401


@pytest.mark.parametrize("role", ["agent", "manager", "administrator"])
def test_an_agents_session_does_not_open_the_shop(role: str) -> None:
    people.agent("Ana", people.inbox(), role=role)
    client = Client()
    assert client.login(username="ana", password=people.PASSWORD)
    assert client.get("/api/shop/orders/TW-48300").status_code == 401


def test_the_look_ups_are_described_with_their_token(tmp_path: Any) -> None:
    path = tmp_path / "schema.yml"
    call_command("spectacular", file=str(path))
    text = path.read_text()
    assert "shopToken" in text
    assert "/api/shop/orders/{number}" in text
