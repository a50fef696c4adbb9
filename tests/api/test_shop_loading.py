"""manage.py load_demo: once, and a second time nothing."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from support.demo.loading import stock
from support.demo.models import Order, Product, Return
from support.models import Agent, Inbox, Policy, Role

ACCOUNTS = [
    {"username": "ana", "role": "agent", "password": "pine-river-17"},
    {"username": "helen", "role": "manager", "password": "pine-river-19"},
    {"username": "admin", "role": "administrator", "password": "pine-river-20"},
]
SAID_TWICE = "Demo data was there already.\n"


@pytest.fixture(autouse=True)
def fast_passwords(db: None, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SHOP_ORIGIN = "http://localhost:8001"


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.json"
    path.write_text(json.dumps(ACCOUNTS))
    return path


def load(path: Path) -> str:
    out = io.StringIO()
    call_command("load_demo", "--accounts", str(path), stdout=out)
    return out.getvalue()


def test_it_loads_everything(accounts: Path) -> None:
    assert load(accounts).startswith("Demo data loaded: ")
    inbox = Inbox.objects.get(key="tarnwood")
    assert inbox.sites == ["http://localhost:8001", "http://127.0.0.1:8001"]
    assert (inbox.name, inbox.bot_name, len(inbox.suggestions)) == ("Tarnwood", "Tarn", 3)
    assert Policy.objects.count() == 1
    assert (Product.objects.count(), Order.objects.count(), Return.objects.count()) == (12, 16, 3)
    ana = Agent.objects.get(name="Ana")
    assert {skill.name for skill in ana.skills.all()} == {"returns", "payments"}
    assert list(ana.inboxes.all()) == [inbox]


def test_only_an_administrator_gets_into_the_admin(accounts: Path) -> None:
    load(accounts)
    rights = {user.username: (user.is_staff, user.is_superuser) for user in User.objects.all()}
    assert rights == {"ana": (False, False), "helen": (False, False), "admin": (True, True)}
    assert Agent.objects.get(user__username="helen").role == Role.MANAGER


def test_a_second_time_it_changes_nothing_and_says_so(accounts: Path) -> None:
    load(accounts)
    before = list(User.objects.values_list("password", flat=True)), list(Order.objects.values())
    assert load(accounts) == SAID_TWICE
    assert (list(User.objects.values_list("password", flat=True)), list(Order.objects.values())) == before


def test_a_password_and_a_role_that_changed_in_the_file_are_set_again(accounts: Path) -> None:
    load(accounts)
    accounts.write_text(json.dumps([{**ACCOUNTS[0], "password": "new-river-21", "role": "manager"}]))
    assert "new password for ana" in load(accounts)
    assert User.objects.get(username="ana").check_password("new-river-21")
    assert Agent.objects.get(name="Ana").role == Role.MANAGER


def test_a_policy_that_is_there_is_kept(accounts: Path) -> None:
    mine = Policy(theta_on=0.7)
    mine.save()
    load(accounts)
    assert Policy.objects.count() == 1
    assert Inbox.objects.get(key="tarnwood").policy == mine


def test_a_shop_that_moved_is_let_in_and_what_was_set_by_hand_stays(accounts: Path, settings: Settings) -> None:
    load(accounts)
    Inbox.objects.update(greeting="Good day.")
    settings.SHOP_ORIGIN = "http://localhost:9001"
    load(accounts)
    inbox = Inbox.objects.get(key="tarnwood")
    assert "http://127.0.0.1:9001" in inbox.sites
    assert inbox.greeting == "Good day."


def test_a_wrong_file_loads_nothing_at_all(accounts: Path) -> None:
    accounts.write_text(json.dumps([*ACCOUNTS, {"username": "x"}]))
    with pytest.raises(CommandError, match="Account 4"):
        load(accounts)
    assert not Inbox.objects.exists()
    assert not User.objects.exists()


def test_without_a_file_it_says_what_to_write() -> None:
    with pytest.raises(CommandError, match="--accounts FILE"):
        call_command("load_demo")


def test_the_samples_of_an_earlier_day_move_on_and_the_customers_returns_stay() -> None:
    today = timezone.localdate()
    stock.load(today - timedelta(days=10))
    Return.objects.create(
        order=Order.objects.get(number="TW-48222"), reason="x", message_id="m", announced_on=today - timedelta(days=9)
    )
    assert stock.load(today) == ["16 orders moved on to today's dates"]
    assert Order.objects.get(number="TW-48300").expected_on == today + timedelta(days=2)
    assert Return.objects.get(pk=1043).received_on == today - timedelta(days=3)
    assert Return.objects.get(message_id="m").announced_on == today - timedelta(days=9)
    assert stock.load(today) == []
