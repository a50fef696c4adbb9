"""The lock files themselves."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "bots/rasa/requirements.lock", "config/tools.lock")


def pins(lock: str) -> set[str]:
    """Return what the lock pins, such as "django==6.1"."""
    return set(re.findall(r"^[a-z0-9][\w.\[\],-]*==\S+", (PROJECT / lock).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_package_and_names_no_host(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert packages
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text


def test_the_development_lock_holds_all_of_the_run_lock() -> None:
    assert pins("requirements.lock")
    assert pins("requirements.lock") <= pins("requirements-dev.lock")
