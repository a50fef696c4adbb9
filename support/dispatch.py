"""Deadlines: what has to happen by itself when its time has come.

Each deadline is a row's own state, claimed with SKIP LOCKED, so that any number of workers fire each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Now

from support import handoff, presence
from support.models import Assignment, Conversation, Handoff, HandoffState, Holder

SECOND = Value(timedelta(seconds=1), output_field=DurationField())


def run_due() -> int:
    """Fire every deadline that has passed; returns how many fired."""
    return sum(sum(1 for _ in deadline()) for deadline in DEADLINES)


def give_up() -> Iterator[int]:
    """Handoffs that waited longer than the inbox allows: expired, and the customer is told."""
    yield from _each(_expire_one)


def requeue_vanished() -> Iterator[int]:
    """Conversations of agents who have been gone for longer than the grace: back to the front of the queue."""
    yield from _each(_requeue_one)


def close_quiet() -> Iterator[int]:
    """Conversations that the bot holds and where nobody has written for long: closed."""
    yield from _each(_close_one)


DEADLINES: tuple[Callable[[], Iterator[int]], ...] = (give_up, requeue_vanished, close_quiet)


def _each(one: Callable[[], bool]) -> Iterator[int]:
    # One transaction each, so that a bad row cannot undo the others.
    while True:
        with transaction.atomic():
            if not one():
                return
        yield 1


def _expire_one() -> bool:
    due = (
        Handoff.objects.select_for_update(skip_locked=True)
        .filter(state=HandoffState.WAITING, give_up_at__lte=Now())
        .order_by("give_up_at")
        .first()
    )
    if due:
        handoff.expire(due)
    return due is not None


def _requeue_one() -> bool:
    grace = settings.AGENT_GRACE_S
    gone = (
        Assignment.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("agent")
        .filter(ended_at=None, started_at__lte=Now() - timedelta(seconds=grace))
        .exclude(agent__in=presence.agents_present(within_s=grace))
        .order_by("started_at")
        .first()
    )
    if gone:
        handoff.requeue(gone)
    return gone is not None


def _close_one() -> bool:
    limit = ExpressionWrapper(F("inbox__quiet_s") * SECOND, output_field=DurationField())
    silent = (
        Conversation.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("inbox")
        .filter(holder=Holder.BOT, last_at__lte=Now() - limit)
        .order_by("last_at")
        .first()
    )
    if silent:
        handoff.quiet(silent)
    return silent is not None
