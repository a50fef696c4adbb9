"""Wrong settings are named before the first request: each check by its id, each wrong value by one line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config import env

ROOT = Path(__file__).resolve().parents[2]
WELL: dict[str, Any] = {
    "PUBLIC_URL": "https://chat.example",
    "HTTPS": True,
    "ALLOWED_HOSTS": ["chat.example"],
    "RASA_URL": "http://127.0.0.1:5005",
    "RASA_TOKEN": "t",
    "SHOP_TOKEN": "t",
    "SECRET_KEY": "s" * 32,
    "BOT_TIMEOUT_S": 4.0,
    "TURN_LEASE_S": 10.0,
    "HEARTBEAT_S": 15,
    "PRESENCE_TTL_S": 45.0,
    "AGENT_GRACE_S": 120.0,
}
WRONG = [
    ({"ALLOWED_HOSTS": ["other.example"]}, "baton.E001"),
    ({"ALLOWED_HOSTS": []}, "baton.E001"),
    ({"PUBLIC_URL": "https://chat.example.evil"}, "baton.E001"),
    ({"PUBLIC_URL": ""}, "baton.E002"),
    ({"RASA_URL": ""}, "baton.E003"),
    ({"SECRET_KEY": "s" * 31}, "baton.E004"),
    ({"TURN_LEASE_S": 4.0}, "baton.E005"),
    ({"BOT_TIMEOUT_S": 10.5}, "baton.E005"),
    ({"PRESENCE_TTL_S": 29.0}, "baton.E006"),
    ({"AGENT_GRACE_S": 44.0}, "baton.E007"),
    ({"PUBLIC_URL": "https://CHAT.example"}, "baton.E008"),
    ({"PUBLIC_URL": "https://chat.example/support"}, "baton.E008"),
    ({"PUBLIC_URL": "https://chat.example:443"}, "baton.E008"),
    ({"PUBLIC_URL": "https://maria@chat.example"}, "baton.E008"),
    ({"RASA_TOKEN": ""}, "baton.W001"),
    ({"SHOP_TOKEN": ""}, "baton.W002"),
    ({"HTTPS": False}, "baton.W003"),
]
RIGHT: list[dict[str, Any]] = [
    {},
    {"ALLOWED_HOSTS": ["*"]},
    {"ALLOWED_HOSTS": [".example"]},
    {"PUBLIC_URL": "https://chat.example:8443"},
    {"PUBLIC_URL": "http://[::1]:8000", "ALLOWED_HOSTS": ["[::1]"]},
    {"TURN_LEASE_S": 4.1},
    {"PRESENCE_TTL_S": 30.0},
    {"AGENT_GRACE_S": 45.0},
]


@pytest.fixture
def judged(settings: Settings) -> Callable[[dict[str, Any]], list[CheckMessage]]:
    """What the checks say to good settings with these changes."""

    def _judged(changes: dict[str, Any]) -> list[CheckMessage]:
        for name, value in {**WELL, **changes}.items():
            setattr(settings, name, value)
        return list(run_checks(tags=["baton"], include_deployment_checks=True))

    return _judged


@pytest.mark.parametrize(("changes", "number"), WRONG, ids=lambda value: str(value))
def test_a_wrong_setting_is_named_by_its_check_alone_with_a_way_out(
    judged: Callable[[dict[str, Any]], list[CheckMessage]], changes: dict[str, Any], number: str
) -> None:
    found = judged(changes)
    assert [message.id for message in found] == [number]
    assert found[0].hint
    assert found[0].is_serious() == (".E" in number)


@pytest.mark.parametrize("changes", RIGHT, ids=str)
def test_settings_that_fit_together_are_not_complained_about(
    judged: Callable[[dict[str, Any]], list[CheckMessage]], changes: dict[str, Any]
) -> None:
    assert judged(changes) == []


def test_plain_http_is_a_matter_of_deployment_only(
    judged: Callable[[dict[str, Any]], list[CheckMessage]], settings: Settings
) -> None:
    judged({"HTTPS": False})
    assert run_checks(tags=["baton"]) == []


def test_every_check_is_tried_here() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert {f"`{number}`" for _, number in WRONG} == {
        line.split()[1] for line in page.splitlines() if "| `baton." in line
    }


NAME = "A_SETTING"
READ: list[tuple[str, Callable[[], object], object]] = [
    ("x", lambda: env.text(NAME), "x"),
    ("1", lambda: env.flag(NAME), True),
    ("0", lambda: env.flag(NAME, default=True), False),
    ("2.5", lambda: env.number(NAME, 1, 0, 3), 2.5),
    (" a, ,b ", lambda: env.words(NAME), ["a", "b"]),
    ("https://a.example/", lambda: env.url(NAME, "", ("http", "https")), "https://a.example"),
    ("", lambda: env.url(NAME, "", ("http", "https")), ""),
    (
        "postgres://ma%40ria:p%2Fw@db.example:6432/baton",
        lambda: env.database(NAME),
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "baton",
            "USER": "ma@ria",
            "PASSWORD": "p/w",
            "HOST": "db.example",
            "PORT": "6432",
        },
    ),
]
REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("", lambda: env.text(NAME), "Set A_SETTING (docs/settings.md"),
    ("yes", lambda: env.flag(NAME), "A_SETTING must be 1 or 0, not 'yes'."),
    ("", lambda: env.flag(NAME), "A_SETTING must be 1 or 0, not ''."),
    ("many", lambda: env.number(NAME, 1, 0, 3), "A_SETTING must be a number, not 'many'."),
    ("3.1", lambda: env.number(NAME, 1, 0, 3), "A_SETTING must be 0 to 3, not 3.1."),
    ("-1", lambda: env.number(NAME, 1, 0, 3), "A_SETTING must be 0 to 3, not -1."),
    ("nan", lambda: env.number(NAME, 1, 0, 3), "A_SETTING must be 0 to 3, not nan."),
    ("a.example", lambda: env.url(NAME, "", ("http", "https")), "A_SETTING must be an address such as http://host"),
    ("ftp://a.example", lambda: env.url(NAME, "", ("http", "https")), "A_SETTING must be an address"),
    ("http://", lambda: env.url(NAME, "", ("http", "https")), "A_SETTING must be an address"),
    ("http://[::1", lambda: env.url(NAME, "", ("http", "https")), "A_SETTING must be an address"),
    ("http://a.example:port", lambda: env.url(NAME, "", ("http", "https")), "A_SETTING must be an address"),
    ("", lambda: env.database(NAME), "Set A_SETTING"),
    ("mysql://db/baton", lambda: env.database(NAME), "A_SETTING must be postgres://user:password@host:port/database."),
    ("postgres://db", lambda: env.database(NAME), "A_SETTING must be postgres://"),
    ("postgres://db:port/baton", lambda: env.database(NAME), "A_SETTING must be postgres://"),
    ("postgres://[::1/baton", lambda: env.database(NAME), "A_SETTING must be postgres://"),
]


@pytest.mark.parametrize(("value", "read", "expected"), READ, ids=[value for value, _, _ in READ])
def test_a_value_is_read_as_what_it_is(
    monkeypatch: pytest.MonkeyPatch, value: str, read: Callable[[], object], expected: object
) -> None:
    monkeypatch.setenv(NAME, value)
    assert read() == expected


def test_a_value_that_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.text(NAME, "x") == "x"
    assert env.flag(NAME, default=True)
    assert env.number(NAME, 2, 0, 3) == 2
    assert env.words(NAME, "a,b") == ["a", "b"]
    assert env.url(NAME, "http://here", ("http",)) == "http://here"
    with pytest.raises(ImproperlyConfigured, match="Set A_SETTING"):
        env.text(NAME)


@pytest.mark.parametrize(("value", "read", "why"), REFUSED, ids=[f"{value}-{why[:20]}" for value, _, why in REFUSED])
def test_a_wrong_value_is_refused_in_one_line_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, value: str, read: Callable[[], object], why: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    assert str(refused.value).startswith(why)
    assert "\n" not in str(refused.value)


def test_a_password_is_not_repeated_in_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "mysql://maria:secret@db/baton")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.database(NAME)
    assert "secret" not in str(refused.value)


def test_a_process_with_a_wrong_setting_does_not_start_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TIMEOUT_S", "soon")
    started = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert started.returncode != 0
    assert started.stderr.splitlines()[-1].endswith("BOT_TIMEOUT_S must be a number, not 'soon'.")
