"""Announcing a return: once per request, and by the shop's rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from support.demo.loading import stock
from support.demo.models import Order, Return
from support.demo.returning import NotReturnable, announce
from tests.threads import at_once

TOKEN = "the shop's token of the tests"


@pytest.fixture
def shop(db: None, settings: Settings) -> None:
    settings.SHOP_TOKEN = TOKEN
    stock.load(timezone.localdate())


def asked(order: str, message_id: str = "m-1", reason: str = "It is too small.") -> Any:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    body = {"order": order, "reason": reason, "message_id": message_id}
    return client.post("/api/shop/returns", body, format="json")


@pytest.mark.usefixtures("shop")
class TestReturns:
    def test_a_delivered_order_can_be_returned(self) -> None:
        answer = asked("TW-48222")
        assert answer.status_code == 201
        returned = Return.objects.get(order__number="TW-48222")
        assert answer.json() == {
            "number": f"RT-{returned.pk}",
            "status": "announced",
            "reason": "It is too small.",
            "received_on": None,
            "refunded_on": None,
        }

    def test_a_new_return_gets_a_number_after_the_samples(self) -> None:
        assert int(asked("TW-48222").json()["number"].removeprefix("RT-")) > 1044

    def test_the_same_request_again_gets_the_same_return(self) -> None:
        first, second = asked("TW-48222"), asked("TW-48222")
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()

    def test_another_request_for_the_same_order_is_refused(self) -> None:
        asked("TW-48222")
        answer = asked("TW-48222", "m-2")
        assert (answer.status_code, answer.json()["code"]) == (409, "already_returned")

    def test_one_request_cannot_return_two_orders(self) -> None:
        asked("TW-48222")
        answer = asked("TW-48250")
        assert (answer.status_code, answer.json()["code"]) == (409, "message_used")
        assert not Return.objects.filter(order__number="TW-48250").exists()

    @pytest.mark.parametrize(
        ("order", "code", "words"),
        [
            ("TW-48300", "not_delivered", "has not been delivered"),
            ("TW-48317", "not_delivered", "has not been delivered"),
            ("TW-47001", "too_late", "60 days"),
            ("TW-48150", "cancelled", "cancelled"),
            ("TW-48213", "already_returned", "RT-1043"),
        ],
    )
    def test_what_the_rules_forbid_is_refused_with_the_reason(self, order: str, code: str, words: str) -> None:
        answer = asked(order)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert words in answer.json()["detail"]

    @pytest.mark.parametrize(("days", "possible"), [(60, True), (61, False)])
    def test_the_sixtieth_day_is_the_last(self, days: int, possible: bool) -> None:
        order = Order.objects.get(number="TW-48222")
        assert order.delivered_on
        today = order.delivered_on + timedelta(days=days)
        if possible:
            assert announce("TW-48222", "late", "m", today)[1]
        else:
            with pytest.raises(NotReturnable):
                announce("TW-48222", "late", "m", today)

    def test_an_unknown_order_is_a_404(self) -> None:
        answer = asked("TW-99999")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_a_reason_may_be_as_long_as_a_message(self) -> None:
        assert asked("TW-48222", reason="a" * 4000).status_code == 201

    @pytest.mark.parametrize("reason", ["", "a" * 4001, "a\x00b"])
    def test_a_reason_that_cannot_be_kept_is_refused_by_name(self, reason: str) -> None:
        answer = asked("TW-48222", reason=reason)
        assert answer.status_code == 400
        assert "reason" in answer.json()["fields"]


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_under_one_name_announce_one_return() -> None:
    today = timezone.localdate()
    stock.load(today)
    results = at_once([lambda: announce("TW-48222", "Too small.", "m-1", today)] * 10)
    made = [result for result in results if not isinstance(result, Exception)]
    assert len(made) == 10
    assert len({found.pk for found, _ in made}) == 1
    assert sum(new for _, new in made) == 1


@pytest.mark.django_db(transaction=True)
def test_two_orders_at_once_under_one_name_return_one_of_them() -> None:
    today = timezone.localdate()
    stock.load(today)
    results = at_once(
        [
            lambda: announce("TW-48222", "Too small.", "m-1", today),
            lambda: announce("TW-48250", "Too small.", "m-1", today),
        ]
    )
    refused = [result for result in results if isinstance(result, NotReturnable)]
    assert [each.code for each in refused] == ["message_used"]
    assert Return.objects.filter(message_id="m-1").count() == 1
