"""A flood over HTTP is refused, told when to come back, and nobody else notices."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

from support.log.limits import Meter
from support.models import Customer, Inbox, Message
from tests import people
from tests.people import Visitor


def send(client: Client, number: int) -> Any:
    body = {"client_id": f"flood-{number}", "body": "flood"}
    return client.post("/api/widget/tarnwood/messages", body, content_type="application/json")


def session(client: Client, address: str, forwarded: str = "") -> Any:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client.post(
        "/api/widget/tarnwood/session", {}, content_type="application/json", headers=headers, REMOTE_ADDR=address
    )


def test_a_customer_who_floods_is_refused_and_what_was_accepted_is_stored(
    browser: Client, maria: Visitor, settings: Settings
) -> None:
    settings.SEND_LIMIT = 3
    statuses = [send(browser, number).status_code for number in range(5)]
    assert statuses == [200] * 3 + [429, 429]
    refused = send(browser, 6)
    assert refused.json()["code"] == "too_fast"
    assert int(refused.headers["Retry-After"]) > 0
    assert Message.objects.filter(conversation=maria.conversation, author="customer").count() == 3
    assert browser.get("/api/widget/tarnwood/messages").status_code == 200


def test_what_is_stored_already_is_answered_also_in_a_flood(browser: Client, settings: Settings) -> None:
    settings.SEND_LIMIT = 1
    first = send(browser, 1).json()
    assert send(browser, 2).status_code == 429
    assert send(browser, 1).json() == first


def test_another_customer_does_not_notice(browser: Client, tarnwood: Inbox, settings: Settings) -> None:
    settings.SEND_LIMIT = 1
    assert [send(browser, number).status_code for number in range(2)] == [200, 429]
    other = Client()
    name, token = people.visitor(tarnwood).cookie
    other.cookies[name] = token
    assert send(other, 0).status_code == 200


def test_an_address_has_its_share_however_many_customers_it_has(
    browser: Client, tarnwood: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("support.log.limits.ADDRESSES", Meter(1, 10))
    other = Client()
    name, token = people.visitor(tarnwood).cookie
    other.cookies[name] = token
    assert [send(browser, 0).status_code, send(other, 0).status_code] == [200, 429]


def test_an_inbox_has_its_share_and_says_busy(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.log.limits.INBOXES", Meter(1, 10))
    assert send(browser, 0).status_code == 200
    refused = send(browser, 1)
    assert (refused.status_code, refused.json()["code"]) == (429, "busy")


def test_one_address_opens_so_many_sessions_and_another_address_its_own(tarnwood: Inbox) -> None:
    statuses = [session(Client(), "192.0.2.1").status_code for _ in range(settings.SESSION_LIMIT + 1)]
    assert statuses == [200] * settings.SESSION_LIMIT + [429]
    assert session(Client(), "192.0.2.2").status_code == 200
    assert Customer.objects.count() == settings.SESSION_LIMIT + 1


def test_a_header_does_not_make_another_address_of_one(tarnwood: Inbox) -> None:
    statuses = [
        session(Client(), "192.0.2.1", forwarded=f"198.51.100.{number}").status_code
        for number in range(settings.SESSION_LIMIT + 1)
    ]
    assert statuses[-1] == 429


def test_who_has_a_session_comes_back_as_often_as_they_like(browser: Client) -> None:
    statuses = {session(browser, "192.0.2.1").status_code for _ in range(settings.SESSION_LIMIT + 1)}
    assert statuses == {200}
