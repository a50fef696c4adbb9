"""What administrators set up over HTTP: inboxes, agents, skills, versions of the policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from support.models import Agent, Inbox, Policy, Role, Skill
from tests import people

INBOX = {
    "key": "northlamp",
    "name": "Northlamp",
    "bot_name": "Nora",
    "greeting": "Hello.",
    "suggestions": ["Where is my order?"],
    "sites": ["https://northlamp.example", "http://localhost:8001"],
    "brand": "#123abc",
    "policy": 1,
    "teams": ["billing"],
    "target_s": 60,
    "give_up_s": 600,
    "quiet_s": 900,
}


@pytest.fixture
def ada(tarnwood: Inbox, signed_in: Callable[[Agent], Client]) -> Client:
    """The administrator's."""
    return signed_in(people.agent("Ada", role=Role.ADMINISTRATOR))


def send(client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return getattr(client, method)(f"/api/{path}", body or {}, content_type="application/json")


def test_an_administrator_creates_an_inbox_and_reads_back_what_was_written(ada: Client) -> None:
    made = send(ada, "post", "inboxes", INBOX)
    assert (made.status_code, made.json()) == (201, INBOX)
    assert ada.get("/api/inboxes/northlamp").json() == INBOX
    assert [inbox["key"] for inbox in ada.get("/api/inboxes").json()] == ["northlamp", "tarnwood"]
    assert Inbox.objects.get(key="northlamp").limits().teams == ("billing",)


def test_an_inbox_without_a_key_gets_one(ada: Client) -> None:
    made = send(ada, "post", "inboxes", {name: value for name, value in INBOX.items() if name != "key"})
    assert made.status_code == 201
    assert len(made.json()["key"]) == 12


def test_one_field_of_an_inbox_is_changed_and_the_others_stay(ada: Client, tarnwood: Inbox) -> None:
    before = ada.get("/api/inboxes/tarnwood").json()
    changed = send(ada, "patch", "inboxes/tarnwood", {"sites": ["https://tarnwood.example"]})
    assert (changed.status_code, changed.json()) == (200, {**before, "sites": ["https://tarnwood.example"]})
    assert Inbox.objects.get(pk=tarnwood.pk).sites == ["https://tarnwood.example"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sites", ["https://shop.example/path"]),
        ("sites", ["https://*.example"]),
        ("sites", ["*"]),
        ("sites", ["ftp://shop.example"]),
        ("sites", ["shop.example"]),
        ("sites", ["https://shop.example https://evil.example"]),
        ("sites", ["https://shop.example; script-src *"]),
        ("sites", ["https://shop.example", "https://Shop.example"]),
        ("sites", "https://shop.example"),
        ("brand", "green"),
        ("brand", "#0B6"),
        ("brand", "#0b6b57;"),
        ("brand", ""),
        ("key", "tarnwood"),
        ("key", "a b"),
        ("name", ""),
        ("name", "x" * 81),
        ("greeting", "x" * 501),
        ("suggestions", ["x" * 61]),
        ("teams", [" "]),
        ("policy", 99),
        ("give_up_s", 59),
        ("quiet_s", -1),
        ("target_s", -1),
    ],
)
def test_an_inbox_with_a_wrong_field_is_refused_and_the_field_named(ada: Client, field: str, value: object) -> None:
    answer = send(ada, "post", "inboxes", {**INBOX, field: value})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["fields"]) == [field]
    assert not Inbox.objects.filter(name__startswith="Northlamp").exists()


def test_a_change_to_a_wrong_value_is_refused_and_nothing_changes(ada: Client, tarnwood: Inbox) -> None:
    for field, value in (("sites", ["https://*"]), ("brand", "red")):
        assert list(send(ada, "patch", "inboxes/tarnwood", {field: value}).json()["fields"]) == [field]
    kept = Inbox.objects.get(pk=tarnwood.pk)
    assert (kept.sites, kept.brand) == (tarnwood.sites, tarnwood.brand)


def test_an_inbox_is_not_deleted_nor_replaced(ada: Client) -> None:
    assert send(ada, "delete", "inboxes/tarnwood").status_code == 405
    assert send(ada, "put", "inboxes/tarnwood", INBOX).status_code == 405


def test_an_agent_gets_a_role_inboxes_skills_and_a_capacity(ada: Client, ana: Agent) -> None:
    Skill.objects.create(name="returns")
    people.inbox("lakeside")
    wanted = {"role": "manager", "inboxes": ["lakeside", "tarnwood"], "skills": ["returns"], "capacity": 3}
    changed = send(ada, "patch", f"agents/{ana.pk}", wanted)
    assert (changed.status_code, changed.json()) == (
        200,
        {"id": ana.pk, "name": "Ana", "availability": "available", **wanted},
    )
    assert ada.get(f"/api/agents/{ana.pk}").json() == changed.json()
    assert [agent["name"] for agent in ada.get("/api/agents").json()] == ["Ada", "Ana"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "king"),
        ("capacity", 0),
        ("capacity", 51),
        ("inboxes", ["nowhere"]),
        ("skills", ["unknown"]),
        ("name", ""),
    ],
)
def test_an_agent_with_a_wrong_field_is_refused_and_the_field_named(
    ada: Client, ana: Agent, field: str, value: object
) -> None:
    answer = send(ada, "patch", f"agents/{ana.pk}", {field: value})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_nobody_declares_an_agent_available_but_the_agent(ada: Client, ana: Agent) -> None:
    send(ada, "patch", f"agents/{ana.pk}", {"availability": "away"})
    assert Agent.objects.get(pk=ana.pk).availability == "available"
    assert send(ada, "post", "agents", {"name": "Zoe"}).status_code == 405


def test_skills_come_and_go_and_a_name_is_taken_once(ada: Client) -> None:
    assert send(ada, "post", "skills", {"name": "returns"}).status_code == 201
    assert list(send(ada, "post", "skills", {"name": "returns"}).json()["fields"]) == ["name"]
    assert list(send(ada, "post", "skills", {"name": "two words"}).json()["fields"]) == ["name"]
    assert ada.get("/api/skills").json() == [{"name": "returns"}]
    assert send(ada, "delete", "skills/returns").status_code == 204
    assert not Skill.objects.exists()


def test_a_policy_is_a_new_version_and_the_old_one_stays_as_it_was(ada: Client) -> None:
    made = send(ada, "post", "policies", {"number": 1, "theta_on": 0.7, "note": "Calmer"})
    assert (made.status_code, made.json()["number"], made.json()["theta_on"]) == (201, 2, 0.7)
    assert [policy["number"] for policy in ada.get("/api/policies").json()] == [2, 1]
    assert ada.get("/api/policies/1").json()["theta_on"] == 0.65
    for method in ("patch", "put", "delete"):
        assert send(ada, method, "policies/1", {"theta_on": 0.9}).status_code == 405
    assert Policy.objects.get(number=1).theta_on == 0.65


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"theta_on": 0.9}, "theta_on theta_high"),  # above theta_high's 0.85
        ({"theta_off": 0.7}, "theta_off must not exceed theta_on"),
        ({"theta_high": 0.6}, "theta_on theta_high"),
        ({"theta_high": 1.0}, "theta_high must lie between 0 and 1"),
        ({"theta_off": 0}, "theta_off must lie between 0 and 1"),
        ({"fallbacks_in_row": 0}, "at least 1"),
    ],
)
def test_limits_that_contradict_each_other_are_refused_with_the_reason(
    ada: Client, limits: dict[str, float], why: str
) -> None:
    answer = send(ada, "post", "policies", limits)
    assert answer.status_code == 400
    assert why in str(answer.json()["fields"])
    assert Policy.objects.count() == 1


def test_an_inbox_moves_to_another_version_of_the_policy(ada: Client, tarnwood: Inbox) -> None:
    send(ada, "post", "policies", {"theta_high": 0.95})
    assert send(ada, "patch", "inboxes/tarnwood", {"policy": 2}).json()["policy"] == 2
    assert Inbox.objects.get(pk=tarnwood.pk).limits().theta_high == 0.95
