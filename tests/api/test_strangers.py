"""A stranger opens nothing: every route of the API, every role, one table made from the route table itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from support import access
from support.models import Inbox, Role
from tests import people
from tests.judgements import escalate
from tests.people import Visitor

PUBLIC = {"api/schema", "api/docs/", "api/widget/<slug:inbox_key>/session"}
METHODS = ("get", "post", "patch", "put", "delete")


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and path.startswith("api/") and not path.startswith("api/shop/"):
            yield (
                re.sub(r"/\^|\$$|\\Z$", lambda found: "/" if found.group().startswith("/") else "", path),
                pattern.callback,
            )


API = [(path, view) for path, view in routes() if path not in PUBLIC]
OF_CONVERSATIONS = [path for path, _ in API if "conversation_id" in path]
OF_CUSTOMERS = [path for path, _ in API if "inbox_key" in path]


def address(path: str, visitor: Visitor) -> str:
    for name, value in {
        "<slug:inbox_key>": visitor.inbox.key,
        "<uuid:conversation_id>": str(visitor.conversation),
        "(?P<key>[^/.]+)": visitor.inbox.key,
        "(?P<name>[^/.]+)": "returns",
        "(?P<number>[^/.]+)": "1",
        "(?P<pk>[^/.]+)": "1",
        "<slug:figure>": "conversations",
        "<str:figure>": "conversations",
    }.items():
        path = path.replace(name, value)
    assert "<" not in path, f"teach this test the parameter of {path}"
    return "/" + path


def methods(view: Any) -> list[str]:
    """The methods that this route offers."""
    offered = getattr(view, "actions", None) or {
        name for name in METHODS if hasattr(getattr(view, "view_class", getattr(view, "cls", None)), name)
    }
    return [name for name in METHODS if name in offered]


@pytest.fixture
def tarnwood(db: None) -> Inbox:
    return people.inbox()


@pytest.fixture
def maria(tarnwood: Inbox) -> Visitor:
    visitor = people.visitor(tarnwood)
    escalate(visitor.conversation, visitor.says("a person please"))
    return visitor


def test_the_table_is_not_empty() -> None:
    assert len(API) > 15
    assert len(OF_CONVERSATIONS) > 5
    assert len(OF_CUSTOMERS) > 4
    assert all(methods(view) for _, view in API)


@pytest.mark.parametrize(("path", "view"), API, ids=[path for path, _ in API])
def test_nobody_signed_in_gets_in(maria: Visitor, path: str, view: Any) -> None:
    for method in methods(view):
        answer = getattr(Client(), method)(address(path, maria), content_type="application/json")
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"


@pytest.mark.parametrize("path", OF_CUSTOMERS)
def test_a_token_of_another_inbox_gets_in_nowhere(maria: Visitor, path: str) -> None:
    stranger = people.visitor(people.inbox("lakeside"))
    client = Client()
    client.cookies[access.cookie_name("tarnwood")] = stranger.token
    view = dict(API)[path]
    for method in methods(view):
        answer = getattr(client, method)(address(path, maria), content_type="application/json")
        assert answer.status_code == 401, f"{method} {path}"


@pytest.mark.parametrize("path", OF_CUSTOMERS)
def test_a_customers_call_from_another_website_is_refused(maria: Visitor, path: str) -> None:
    client = Client()
    name, token = maria.cookie
    client.cookies[name] = token
    for method in methods(dict(API)[path]):
        call = getattr(client, method)
        answer = call(address(path, maria), content_type="application/json", headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403, f"{method} {path}"


@pytest.mark.parametrize(("path", "view"), API, ids=[path for path, _ in API])
def test_a_customer_gets_into_nothing_of_the_agents(maria: Visitor, path: str, view: Any) -> None:
    if path in OF_CUSTOMERS:
        return
    client = Client()
    name, token = maria.cookie
    client.cookies[name] = token
    for method in methods(view):
        answer = getattr(client, method)(address(path, maria), content_type="application/json")
        assert answer.status_code == 401, f"{method} {path}"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("path", OF_CONVERSATIONS)
def test_conversations_of_inboxes_that_are_not_theirs_do_not_exist_for_them(
    maria: Visitor, path: str, role: str
) -> None:
    if role == Role.ADMINISTRATOR:  # administrators see every inbox
        return
    client = signed_in(role, people.inbox("lakeside"))
    bodies = {"messages": {"client_id": "1", "body": "Hi"}, "resolve": {"disposition": "solved"}}
    for method in methods(dict(API)[path]):
        body = bodies.get(path.rsplit("/", 1)[-1], {})
        answer = getattr(client, method)(address(path, maria), body, content_type="application/json")
        assert answer.status_code == 404, f"{method} {path}: {answer.status_code}"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(("path", "view"), API, ids=[path for path, _ in API])
def test_a_role_gets_exactly_what_the_table_says(maria: Visitor, path: str, view: Any, role: str) -> None:
    if path in OF_CUSTOMERS or path in OF_CONVERSATIONS:
        return
    act = getattr(view, "cls", None) or view.view_class
    allowed = act.act in access.MAY[role]
    client = signed_in(role, maria.inbox)
    for method in methods(view):
        answer = getattr(client, method)(address(path, maria), content_type="application/json")
        assert (answer.status_code != 403) == allowed, f"{method} {path} as {role}: {answer.status_code}"


@pytest.mark.parametrize("role", Role.values)
def test_an_agents_session_needs_the_csrf_token_to_change_anything(maria: Visitor, role: str) -> None:
    people.agent("Someone", maria.inbox, role=role)
    client = Client(enforce_csrf_checks=True)
    client.login(username="someone", password=people.PASSWORD)
    answer = client.post(f"/api/conversations/{maria.conversation}/accept")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]


def signed_in(role: str, inbox: Inbox) -> Client:
    people.agent("Someone", inbox, role=role)
    client = Client()
    assert client.login(username="someone", password=people.PASSWORD)
    return client
