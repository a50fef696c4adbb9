"""Reading the accounts file."""

import json
from pathlib import Path

import pytest

from support.demo.loading.accounts import Account, BadAccounts, read
from support.models import Role

ANA = {"username": "ana", "role": "agent", "password": "pine-river-17"}


def written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "accounts.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_accounts_are_read(tmp_path: Path) -> None:
    assert read(written(tmp_path, [ANA])) == (Account("ana", Role.AGENT, "pine-river-17"),)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("ana:secret", "is not JSON"),
        ({"ana": "secret"}, "must hold a list"),
        ([], "at least one account"),
        (["ana"], "Account 1 is not an object"),
        ([ANA, {**ANA, "password": ""}], "Account 2 needs 'password'"),
        ([{**ANA, "username": 7}], "Account 1 needs 'username'"),
        ([{"username": "ana", "password": "x"}], "Account 1 needs 'role'"),
        ([{**ANA, "role": "king"}], "the role 'king'; there are agent, manager, administrator"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path: Path, content: object, complaint: str) -> None:
    with pytest.raises(BadAccounts, match=complaint):
        read(written(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadAccounts, match=r"Cannot read the accounts file .*none\.json: No such file"):
        read(tmp_path / "none.json")
