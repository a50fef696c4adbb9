"""The folder of an installation."""

import stat
from pathlib import Path

import pytest

from config.bootstrap.screen import Refusal
from config.launch.fingerprint import Done, of
from config.launch.home import Home


def test_secrets_and_accounts_are_made_once_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    secrets, accounts = home.secrets(), home.accounts()
    assert (home.secrets(), home.accounts()) == (secrets, accounts)
    assert len(set(secrets.values())) == 3
    for file in (home.secrets_file, home.accounts_file):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_demo_has_two_agents_a_manager_and_an_administrator(tmp_path: Path) -> None:
    people = {person["username"]: person["role"] for person in Home(tmp_path).accounts()}
    assert people == {"ana": "agent", "ben": "agent", "helen": "manager", "admin": "administrator"}


def test_two_homes_share_no_secret(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = Home(tmp_path / "a"), Home(tmp_path / "b")
    assert set(one.secrets().values()).isdisjoint(other.secrets().values())
    assert {each["password"] for each in one.accounts()}.isdisjoint(each["password"] for each in other.accounts())


def test_a_second_launcher_is_kept_out_and_let_in_afterwards(tmp_path: Path) -> None:
    refused = pytest.raises(Refusal, match="already runs from")
    with Home(tmp_path / "home").held(), refused, Home(tmp_path / "home").held():
        pass
    with Home(tmp_path / "home").held():
        pass


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_text("[", encoding="utf-8")
    with pytest.raises(Refusal, match=r"accounts\.json is not JSON"):
        Home(tmp_path).accounts()


def test_a_fingerprint_changes_with_a_file_a_name_and_a_fact(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("one", encoding="utf-8")
    prints = [of(tmp_path, ("*.yml",)), of(tmp_path, ("*.yml",), "fact")]
    (tmp_path / "a.yml").write_text("two", encoding="utf-8")
    prints.append(of(tmp_path, ("*.yml",)))
    (tmp_path / "a.yml").rename(tmp_path / "b.yml")
    prints.append(of(tmp_path, ("*.yml",)))
    assert len(set(prints)) == 4


def test_a_step_is_done_only_with_what_was_noted(tmp_path: Path) -> None:
    done = Done(tmp_path / "migrate.done")
    assert not done.with_("a")
    done.note("a")
    assert done.with_("a")
    assert not done.with_("b")
