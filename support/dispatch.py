"""Deadlines: what has to happen by itself when its time has come.

Each deadline is a row's own state, claimed with SKIP LOCKED, so that any number of workers fire each once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet, Value
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
    due = Handoff.objects.filter(state=HandoffState.WAITING, give_up_at__lte=Now())
    found = _claim(Holder.QUEUE).filter(pk__in=due.values("conversation")).first()
    if found:
        handoff.expire(found)
    return found is not None


def _requeue_one() -> bool:
    grace = settings.AGENT_GRACE_S
    gone = Assignment.objects.filter(ended_at=None, started_at__lte=Now() - timedelta(seconds=grace)).exclude(
        agent__in=presence.agents_present(within_s=grace)
    )
    found = _claim(Holder.AGENT).filter(pk__in=gone.values("conversation")).first()
    if found:
        handoff.requeue(found)
    return found is not None


def _claim(holder: Holder) -> QuerySet[Conversation]:
    # The conversation's row is the first to be locked here as in every passage: an accept that comes at this moment either
    # finds it locked and waits, or has changed the holder, which is looked at again when the row is locked.
    return Conversation.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).filter(holder=holder)


def _close_one() -> bool:
    limit = ExpressionWrapper(F("inbox__quiet_s") * SECOND, output_field=DurationField())
    silent = _claim(Holder.BOT).filter(last_at__lte=Now() - limit).order_by("last_at").first()
    if silent:
        handoff.quiet(silent)
    return silent is not None
