"""What a customer does over HTTP: session, reading, writing, waiting, ending, rating."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from support import access, handoff, log
from support.models import Agent, Conversation, Customer, Handoff, HandoffState, Inbox, Message, Rating, Turn
from support.protocol.frames import MAX_BODY
from tests import people
from tests.judgements import escalate
from tests.people import Visitor

HERE = "/api/widget/tarnwood"


def post(client: Client, path: str, origin: str = "", **body: Any) -> Any:
    headers = {"Origin": origin} if origin else {}
    return client.post(path, body, content_type="application/json", headers=headers)


def seqs(client: Client, **query: Any) -> list[int]:
    return [line["seq"] for line in client.get(f"{HERE}/messages", query).json()["items"]]


def test_a_new_customer_gets_a_conversation_and_a_cookie_for_a_frame_on_another_website(tarnwood: Inbox) -> None:
    answer = post(Client(), f"{HERE}/session")
    assert (answer.status_code, answer.json()["new"]) == (200, True)
    cookie = answer.cookies["baton-tarnwood"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "None", "/")
    assert "Partitioned" in cookie.OutputString().split("; ")
    caller = access.customer_caller("tarnwood", cookie.value)
    assert caller is not None
    assert str(handoff.present_conversation(caller)) == answer.json()["conversation"]


def test_the_token_is_not_kept_but_its_hash(tarnwood: Inbox) -> None:
    token = post(Client(), f"{HERE}/session").cookies["baton-tarnwood"].value
    assert Customer.objects.get().token_hash == access.hashed(token) != token


def test_the_cookie_of_one_website_is_a_new_customer_on_another(browser: Client, maria: Visitor) -> None:
    people.inbox("lakeside")
    browser.cookies["baton-lakeside"] = maria.token
    answer = post(browser, "/api/widget/lakeside/session")
    assert answer.json()["new"]
    assert answer.json()["conversation"] != str(maria.conversation)
    assert answer.cookies["baton-lakeside"].value != maria.token


def test_who_comes_back_finds_the_same_conversation_and_keeps_the_cookie(browser: Client, maria: Visitor) -> None:
    for new in (False, True):  # a new one is not to be had while this one is open
        answer = post(browser, f"{HERE}/session", new=new)
        assert answer.json() == {"conversation": str(maria.conversation), "new": False}
        assert not answer.cookies
    assert Customer.objects.count() == 1


def test_a_new_conversation_starts_after_the_end_and_only_when_asked_for(browser: Client, maria: Visitor) -> None:
    handoff.finish(maria.conversation)
    assert post(browser, f"{HERE}/session").json() == {"conversation": str(maria.conversation), "new": False}
    answer = post(browser, f"{HERE}/session", new=True).json()
    assert answer["new"]
    assert answer["conversation"] != str(maria.conversation)
    assert seqs(browser) == [1]


def test_a_session_is_not_given_to_another_website_nor_for_an_unknown_inbox(tarnwood: Inbox) -> None:
    assert post(Client(), f"{HERE}/session", origin="https://evil.example").status_code == 403
    assert post(Client(), "/api/widget/nowhere/session").status_code == 404
    assert not Customer.objects.exists()


def test_a_page_of_the_log_starts_after_the_line_that_one_has(browser: Client, maria: Visitor) -> None:
    for number in range(log.PAGE):
        maria.says(f"line {number}")
    first = browser.get(f"{HERE}/messages").json()
    assert ([line["seq"] for line in first["items"]], first["more"]) == (list(range(1, log.PAGE + 1)), True)
    rest = browser.get(f"{HERE}/messages", {"after": log.PAGE}).json()
    assert ([line["body"] for line in rest["items"]], rest["more"]) == ([f"line {log.PAGE - 1}"], False)
    assert seqs(browser, after=log.PAGE + 1) == []


@pytest.mark.parametrize("after", ["-1", "1.5", "one", "", "9" * 10, "1 OR 1=1"])
def test_a_wrong_after_is_named(browser: Client, after: str) -> None:
    answer = browser.get(f"{HERE}/messages", {"after": after})
    assert answer.status_code == 400
    assert answer.json() == {"code": "invalid", "detail": "after must be a whole number."}


def test_a_send_is_stored_as_the_customers_next_line_and_owed_an_answer(browser: Client, maria: Visitor) -> None:
    answer = post(browser, f"{HERE}/messages", client_id="a", body="  Where is my order?")
    assert (answer.status_code, answer.json()) == (200, {"client_id": "a", "seq": 2})
    line = browser.get(f"{HERE}/messages", {"after": 1}).json()["items"][0]
    assert (line["author"], line["body"], line["client_id"]) == ("customer", "  Where is my order?", "a")
    assert Turn.objects.get().seq == 2


def test_the_same_send_again_gets_the_first_answer_and_stores_nothing(browser: Client) -> None:
    first = post(browser, f"{HERE}/messages", client_id="a", body="Hello")
    post(browser, f"{HERE}/messages", client_id="b", body="Hello")
    again = post(browser, f"{HERE}/messages", client_id="a", body="Hello")
    assert (again.status_code, again.json()) == (200, first.json())
    assert seqs(browser) == [1, 2, 3]


def test_the_same_client_id_with_another_text_is_a_conflict(browser: Client) -> None:
    post(browser, f"{HERE}/messages", client_id="a", body="Hello")
    answer = post(browser, f"{HERE}/messages", client_id="a", body="Good bye")
    assert (answer.status_code, answer.json()["code"]) == (409, "reused_id")
    assert seqs(browser) == [1, 2]


WRONG_BODIES = ["", "   \n\t ", "x" * (MAX_BODY + 1), None, {"$gt": ""}, ["x"], True, "nul \x00", "half \ud83d"]


@pytest.mark.parametrize("body", WRONG_BODIES, ids=lambda body: repr(body)[:12])
def test_a_blank_an_over_long_or_a_mistyped_body_is_refused_by_name(browser: Client, body: object) -> None:
    answer = post(browser, f"{HERE}/messages", client_id="a", body=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["fields"]) == ["body"]
    assert seqs(browser) == [1]


@pytest.mark.parametrize("client_id", ["", "x" * 65, None])
def test_a_wrong_client_id_is_refused_by_name(browser: Client, client_id: object) -> None:
    answer = post(browser, f"{HERE}/messages", client_id=client_id, body="Hello")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["client_id"])


def test_the_longest_message_is_stored_whole(browser: Client) -> None:
    body = "😀" * MAX_BODY
    assert post(browser, f"{HERE}/messages", client_id="a", body=body).status_code == 200
    assert Message.objects.get(seq=2).body == body


@pytest.mark.parametrize("raw", ["{", "[" * 50_000, "", "[]", '"text"', "\xff"])
def test_what_is_no_json_object_is_refused_and_nothing_breaks(browser: Client, raw: str) -> None:
    data = raw.encode("latin-1")
    answer = browser.post(f"{HERE}/messages", data, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) >= {"code", "detail"}


def test_a_body_that_no_message_needs_is_not_even_read(browser: Client) -> None:
    data = json.dumps({"client_id": "a", "body": "Hello", "padding": "x" * 70_000})
    answer = browser.post(f"{HERE}/messages", data, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert seqs(browser) == [1]


def test_the_state_says_who_must_answer_and_the_place_in_the_queue(browser: Client, maria: Visitor, ana: Agent) -> None:
    nobody = {"person": None, "place": None, "wait_s": None, "rated": False}
    assert browser.get(f"{HERE}/state").json() == {"holder": "bot", **nobody}
    earlier = people.visitor(maria.inbox)
    for visitor in (earlier, maria):
        escalate(visitor.conversation, visitor.says("a person please"))
    assert browser.get(f"{HERE}/state").json() == {"holder": "queue", **nobody, "place": 2}
    handoff.accept(maria.conversation, ana.pk)
    assert browser.get(f"{HERE}/state").json() == {"holder": "agent", **nobody, "person": "Ana"}


def test_who_stops_waiting_is_with_the_bot_again_and_stops_once(browser: Client, maria: Visitor) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    assert post(browser, f"{HERE}/stop-waiting").json()["holder"] == "bot"
    assert Handoff.objects.get().state == HandoffState.ABANDONED
    again = post(browser, f"{HERE}/stop-waiting")
    assert (again.status_code, again.json()["code"]) == (409, "taken")


def test_an_ended_chat_is_held_by_nobody_takes_no_message_and_ends_once(browser: Client, maria: Visitor) -> None:
    assert post(browser, f"{HERE}/finish").json()["holder"] == "nobody"
    assert Conversation.objects.get().disposition == "finished"
    for path, body, code in (("messages", {"client_id": "a", "body": "Hello"}, "closed"), ("finish", {}, "taken")):
        answer = post(browser, f"{HERE}/{path}", **body)
        assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_a_rating_is_for_an_ended_chat_and_the_first_one_counts(browser: Client, maria: Visitor) -> None:
    early = post(browser, f"{HERE}/rating", score=5)
    assert (early.status_code, early.json()["code"]) == (409, "open")
    handoff.finish(maria.conversation)
    assert post(browser, f"{HERE}/rating", score=2, comment="slow").json()["rated"]
    late = post(browser, f"{HERE}/rating", score=5)
    assert (late.status_code, late.json()["code"]) == (409, "rated")
    rating = Rating.objects.get()
    assert (rating.score, rating.comment) == (2, "slow")


@pytest.mark.parametrize(
    ("rating", "field"),
    [
        ({"score": 0}, "score"),
        ({"score": 6}, "score"),
        ({"score": 4.5}, "score"),
        ({"score": "best"}, "score"),
        ({"score": None}, "score"),
        ({}, "score"),
        ({"score": 5, "comment": "x" * 1001}, "comment"),
    ],
)
def test_a_rating_outside_of_its_rules_is_refused_by_name(
    browser: Client, maria: Visitor, rating: dict[str, Any], field: str
) -> None:
    handoff.finish(maria.conversation)
    answer = post(browser, f"{HERE}/rating", **rating)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert not Rating.objects.exists()
