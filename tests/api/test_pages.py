"""The pages: signing in and out, the console's frame, the widget's frame and loader, health, the API's description."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http.response import HttpResponseBase
from django.test import Client

from support import presence
from support.models import Agent, Inbox, Role
from tests import people

SignIn = Callable[[Agent], Client]


def policy(answer: HttpResponseBase) -> dict[str, list[str]]:
    """The Content-Security-Policy by directive."""
    directives = (directive.split() for directive in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


@pytest.mark.parametrize(
    ("role", "begins"), [(Role.AGENT, "/console/"), (Role.MANAGER, "/dashboard/"), (Role.ADMINISTRATOR, "/console/")]
)
def test_each_role_begins_where_its_work_is(tarnwood: Inbox, signed_in: SignIn, role: Role, begins: str) -> None:
    browser = signed_in(people.agent("Someone", tarnwood, role=role))
    answer = browser.get("/", follow=True)
    assert answer.redirect_chain == [(begins, 302)]
    assert answer.status_code == 200


def test_nobody_in_particular_begins_at_the_form(db: None) -> None:
    assert Client().get("/", follow=True).redirect_chain == [("/login/", 302)]


@pytest.mark.parametrize("page", ["/", "/console/", "/dashboard/", "/login/"])
def test_an_account_without_an_agent_is_told_so_and_not_sent_in_circles(db: None, page: str) -> None:
    browser = Client()
    browser.force_login(User.objects.create_user("clerk"))
    answer = browser.get(page, follow=True)
    assert answer.status_code == 403
    assert "belongs to no agent" in answer.content.decode()


def test_an_operators_account_without_an_agent_begins_at_the_admin(db: None) -> None:
    browser = Client()
    browser.force_login(User.objects.create_superuser("operator"))
    assert browser.get("/", follow=True).redirect_chain == [("/admin/", 302)]
    assert browser.get("/admin/login/", follow=True).redirect_chain == [("/admin/", 302)]


def test_the_right_password_signs_in_and_leads_to_the_page_that_was_asked_for(ana: Agent) -> None:
    browser = Client()
    refused = browser.get("/console/?conversation=7&tab=why")
    assert (refused.status_code, refused["Location"]) == (302, "/login/?next=/console/%3Fconversation%3D7%26tab%3Dwhy")
    form = browser.get(refused["Location"])
    wanted = re.search(r'name="next" value="([^"]+)"', form.content.decode())
    assert wanted
    assert wanted[1].replace("&amp;", "&") == "/console/?conversation=7&tab=why"
    answer = browser.post("/login/", {"username": "ana", "password": people.PASSWORD, "next": "/console/"})
    assert (answer.status_code, answer["Location"]) == (302, "/console/")
    assert browser.get("/console/").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_website(ana: Agent, target: str) -> None:
    answer = Client().post("/login/", {"username": "ana", "password": people.PASSWORD, "next": target})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer_and_no_session(ana: Agent) -> None:
    answers = []
    for username, password in (("ana", "wrong"), ("nobody", people.PASSWORD)):
        browser = Client()
        answer = browser.post("/login/", {"username": username, "password": password})
        assert answer.status_code == 200
        assert "baton-session" not in browser.cookies
        answers.append(re.sub(r'value="[^"]*"', "", answer.content.decode()))
    assert answers[0] == answers[1]
    assert "do not match" in answers[0]


def test_a_closed_account_does_not_get_in(ana: Agent, signed_in: SignIn) -> None:
    browser = signed_in(ana)
    User.objects.filter(pk=ana.user_id).update(is_active=False)
    assert browser.get("/console/").status_code == 302
    answer = Client().post("/login/", {"username": "ana", "password": people.PASSWORD})
    assert answer.status_code == 200


def test_logging_out_ends_the_session_and_the_availability_and_a_link_cannot_do_it(
    ana: Agent, signed_in: SignIn
) -> None:
    browser = signed_in(ana)
    assert browser.get("/logout/").status_code == 405
    assert Agent.objects.get(pk=ana.pk).availability == "available"
    assert browser.post("/logout/")["Location"] == "/login/"
    assert Agent.objects.get(pk=ana.pk).availability == "away"
    assert browser.get("/console/").status_code == 302


def test_the_console_knows_its_role_and_cannot_be_framed(ana: Agent, signed_in: SignIn) -> None:
    answer = signed_in(ana).get("/console/")
    assert 'data-role="agent"' in answer.content.decode()
    assert answer.cookies["baton-csrf"]
    assert answer["X-Frame-Options"] == "DENY"
    assert policy(answer)["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("page", ["/login/", "/api/docs/", "/health/live", "/widget.js"])
def test_no_page_but_the_panel_can_be_framed(db: None, page: str) -> None:
    answer = Client().get(page)
    assert (answer.status_code, answer["X-Frame-Options"]) == (200, "DENY")
    assert policy(answer)["frame-ancestors"] == ["'none'"]


SITES = ["https://shop.example", "http://localhost:8001"]


def test_only_the_inboxs_own_websites_may_frame_the_panel(db: None) -> None:
    people.inbox("open", sites=SITES)
    people.inbox("shut", sites=[])
    framed = Client().get("/widget/open/panel")
    assert policy(framed)["frame-ancestors"] == SITES
    assert "X-Frame-Options" not in framed
    assert policy(Client().get("/widget/shut/panel"))["frame-ancestors"] == ["'none'"]
    assert Client().get("/widget/nowhere/panel").status_code == 404


def test_the_panel_has_scripts_and_styles_of_its_own_origin_and_none_inline(db: None) -> None:
    people.inbox(name='"><script>alert(1)</script>')
    answer = Client().get("/widget/tarnwood/panel")
    page = answer.content.decode()
    assert re.findall(r"<script\b[^>]*>(.*?)</script>", page, re.DOTALL) == [""]
    assert re.findall(r"""<style\b|\sstyle=|\son\w+=|javascript:""", page) == []
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["/static/panel.css", "/static/panel.js"]
    for directive in ("script-src", "style-src", "connect-src"):
        assert policy(answer)[directive] == ["'self'"]


def test_the_loader_is_for_every_website_and_is_sent_once(db: None) -> None:
    first = Client().get("/widget.js", headers={"Origin": "https://shop.example"})
    assert first["Content-Type"].startswith("text/javascript")
    assert first["Access-Control-Allow-Origin"] == "*"
    again = Client().get("/widget.js", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    other = Client().get("/widget.js", headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)
    assert Client().post("/widget.js").status_code == 405


ABOUT = {"name": "", "process": os.getpid(), "draining": False}


def test_a_live_process_says_so_without_the_database() -> None:
    answer = Client().get("/health/live")  # no database mark: a query would fail this test
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_readiness_tells_whether_a_worker_is_there(db: None) -> None:
    assert Client().get("/health/ready").json() == {**ABOUT, "database": True, "worker": False}
    presence.beat(f"{presence.WORKER}here:1")
    assert Client().get("/health/ready").json() == {**ABOUT, "database": True, "worker": True}


def test_without_its_database_the_service_is_not_ready(db: None) -> None:
    with the_database_gone():
        answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {**ABOUT, "database": False, "why": "OperationalError"})


@contextmanager
def the_database_gone() -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(refuse):
        yield


def test_the_api_is_described_and_documented_for_everybody(db: None) -> None:
    described = Client().get("/api/schema", headers={"Accept": "application/json"})
    assert described.status_code == 200
    assert "/api/conversations/{conversation_id}/accept" in described.content.decode()
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    assert "swagger-ui" in page.content.decode()
    script = re.findall(r'src="(/[^"]+)"', page.content.decode())
    assert script
    for address in script:
        assert Client().get(address).status_code == 200, address


def test_the_description_of_the_api_is_valid_and_made_without_a_warning(tmp_path: Path) -> None:
    written = tmp_path / "schema.yml"
    call_command("spectacular", file=str(written), validate=True, fail_on_warn=True)
    assert "agentSession" in written.read_text()
