"""Presence: heartbeats with a time to live. A disconnect is only a rumour; a missing heartbeat is not."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from support.models import Agent, Availability, Presence

WORKER = "worker:"
AGENT = "agent:"


def beat(name: str) -> None:
    """Say that ``name`` is there now, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO support_presence (name, seen_at) VALUES (%s, statement_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at",
            [name],
        )


def forget(name: str) -> None:
    """Take ``name`` off at a clean stop."""
    Presence.objects.filter(pk=name).delete()


def worker_is_there() -> bool:
    """Whether any worker has a live heartbeat."""
    return _live(settings.PRESENCE_TTL_S).filter(pk__startswith=WORKER).exists()


def agents_present(within_s: float | None = None) -> set[int]:
    """Ids of the agents with a heartbeat not older than ``within_s`` seconds (default: the time to live)."""
    rows = _live(within_s or settings.PRESENCE_TTL_S).filter(pk__startswith=AGENT)
    return {int(name.removeprefix(AGENT)) for name in rows.values_list("name", flat=True)}


def agents_available(inbox_id: int) -> int:
    """How many agents of an inbox are present and say that they are available."""
    return Agent.objects.filter(
        inboxes=inbox_id, availability=Availability.AVAILABLE, user__is_active=True, pk__in=agents_present()
    ).count()


def _live(seconds: float) -> QuerySet[Presence]:
    return Presence.objects.filter(seen_at__gt=Now() - timedelta(seconds=seconds))
