"""The people who answer: accounts named in a file, so that no password is in the code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from support.models import Agent, Inbox, Role, Skill

SKILLS = ("delivery", "payments", "returns")
KNOWS = {"ana": ("returns", "payments"), "ben": ("delivery", "returns")}


class BadAccounts(Exception):
    """The accounts file cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """One entry of the file."""

    username: str
    role: Role
    password: str


def read(path: Path) -> tuple[Account, ...]:
    """Read ``[{"username", "role", "password"}, ...]``.

    Raises:
        BadAccounts: missing, not JSON, or an entry is wrong.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadAccounts(f"Cannot read the accounts file {path}: {error.strerror}.") from error
    except ValueError as error:
        raise BadAccounts(f"The accounts file {path} is not JSON: {error}.") from error
    if not isinstance(entries, list) or not entries:
        raise BadAccounts(f"The accounts file {path} must hold a list with at least one account.")
    return tuple(account(entry, place) for place, entry in enumerate(entries, 1))


def account(entry: object, place: int) -> Account:
    """Check one entry.

    Raises:
        BadAccounts: a field is missing or mistyped, or there is no such role.
    """
    if not isinstance(entry, dict):
        raise BadAccounts(f"Account {place} is not an object with username, role and password.")
    for name in ("username", "role", "password"):
        if not isinstance(entry.get(name), str) or not entry[name]:
            raise BadAccounts(f"Account {place} needs {name!r} as text.")
    if entry["role"] not in Role.values:
        raise BadAccounts(f"Account {place} has the role {entry['role']!r}; there are {', '.join(Role.values)}.")
    return Account(entry["username"], Role(entry["role"]), entry["password"])


def load(accounts: tuple[Account, ...], inbox: Inbox) -> list[str]:
    """Create or correct the accounts. Returns what changed."""
    for name in SKILLS:
        Skill.objects.get_or_create(name=name)
    changes: list[str] = []
    for each in accounts:
        user, new = get_user_model().objects.get_or_create(username=each.username)
        if new or not user.check_password(each.password):
            changes.append(f"{'account' if new else 'new password for'} {each.username}")
            user.set_password(each.password)
            user.save()
        if employ(user, each.role, inbox) and not new:
            changes.append(f"role of {each.username}")
    return changes


def employ(user: User, role: Role, inbox: Inbox) -> bool:
    """Give the account its agent, rights and inbox. Returns whether the role is new."""
    agent, new = Agent.objects.get_or_create(user=user, defaults={"name": user.username.capitalize(), "role": role})
    if new:
        agent.inboxes.add(inbox)
        agent.skills.set(Skill.objects.filter(name__in=KNOWS.get(user.username, SKILLS)))
    administers = role == Role.ADMINISTRATOR
    if not new and (agent.role, user.is_staff, user.is_superuser) == (role, administers, administers):
        return False
    agent.role = role
    agent.save(update_fields=["role"])
    user.is_staff = user.is_superuser = administers
    user.save(update_fields=["is_staff", "is_superuser"])
    return True
