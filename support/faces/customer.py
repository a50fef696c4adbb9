"""What the widget shows around the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Now

from escalation.service_level import expected_wait
from support import presence
from support.models import Conversation, Handoff, HandoffState, Holder, Rating
from support.protocol.parts import CustomerState

RECENT = timedelta(hours=24)
RECENT_MOST = 50


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same while a customer is here."""

    inbox: str
    bot: str
    last_seq: int


def setting(conversation_id: UUID) -> Setting:
    """The names on the panel and the present end of the log."""
    found = Conversation.objects.select_related("inbox").get(pk=conversation_id)
    return Setting(found.inbox.name, found.inbox.bot_name, found.last_seq)


def end_of_log(conversation_id: UUID) -> int:
    """The last ``seq`` that is stored."""
    return Conversation.objects.values_list("last_seq", flat=True).get(pk=conversation_id)


def state(conversation_id: UUID) -> CustomerState:
    """Who must answer now and, while waiting, the place in the queue and the expected wait."""
    found = Conversation.objects.select_related("agent").get(pk=conversation_id)
    place, wait_s = _queue(found) if found.holder == Holder.QUEUE else (None, None)
    return CustomerState(
        holder=found.holder,  # type: ignore[arg-type]
        person=found.agent.name if found.agent else None,
        place=place,
        wait_s=wait_s,
        rated=Rating.objects.filter(conversation=found).exists(),
    )


def _queue(conversation: Conversation) -> tuple[int | None, int | None]:
    mine = Handoff.objects.filter(conversation=conversation, state=HandoffState.WAITING).first()
    if mine is None:
        return None, None
    ahead = Handoff.objects.filter(
        Q(priority__lt=mine.priority) | Q(priority=mine.priority, enqueued_at__lt=mine.enqueued_at),
        state=HandoffState.WAITING,
        conversation__inbox=conversation.inbox_id,
    ).count()
    wait = expected_wait(_recent_waits(conversation.inbox_id), ahead, presence.agents_available(conversation.inbox_id))
    return ahead + 1, None if wait is None else round(wait)


def _recent_waits(inbox_id: int) -> tuple[float, ...]:
    waits = (
        Handoff.objects.filter(
            conversation__inbox=inbox_id,
            asked_by_agent=False,
            accepted_at__gt=Now() - RECENT,
        )
        .order_by("-accepted_at")
        .annotate(wait=F("accepted_at") - F("enqueued_at"))
        .values_list("wait", flat=True)[:RECENT_MOST]
    )
    return tuple(max(wait.total_seconds(), 0.0) for wait in waits)
