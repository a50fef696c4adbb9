"""Read settings from the environment; a wrong value fails at once and says what is expected."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """A string; without a default it must be set and not empty."""
    value = os.environ.get(name, default)
    if not value and default is None:
        raise ImproperlyConfigured(f"Set {name} (docs/settings.md says what it is). `make up` sets it by itself.")
    return value or ""


def flag(name: str, default: bool = False) -> bool:
    """A boolean, written 1 or 0."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value == "1"


def number(name: str, default: float, low: float, high: float) -> float:
    """A number within bounds."""
    value = os.environ.get(name, str(default))
    try:
        result = float(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a number, not {value!r}.") from error
    if not low <= result <= high:
        raise ImproperlyConfigured(f"{name} must be {low} to {high}, not {value}.")
    return result


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """An address of one of these schemes, without a slash at its end; empty when the default is."""
    value = os.environ.get(name, default).rstrip("/")
    if value and not _is_address(value, schemes):
        raise ImproperlyConfigured(f"{name} must be an address such as {schemes[0]}://host, not {value!r}.")
    return value


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an end, or a port that is no number
        return False


def database(name: str) -> dict[str, object]:
    """A PostgreSQL address as Django's database settings."""
    value = text(name)
    if not _is_address(value, ("postgres", "postgresql")) or not urlsplit(value).path.strip("/"):
        raise ImproperlyConfigured(f"{name} must be postgres://user:password@host:port/database.")
    parts = urlsplit(value)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
    }
