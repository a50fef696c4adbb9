"""What the widget shows around the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from escalation.service_level import expected_wait
from support import presence
from support.models import Conversation, Handoff, HandoffState, Holder, Rating
from support.protocol.parts import CustomerState

RECENT = timedelta(hours=24)
RECENT_MOST = 50


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a customer is told who has just come: the names on the panel, the end of the log, and who must answer."""

    inbox: str
    bot: str
    last_seq: int
    state: CustomerState


def arrival(conversation_id: UUID) -> Arrival:
    """Everything but the lines. One query, more while waiting."""
    found = _found(conversation_id).select_related("agent", "inbox").get()
    return Arrival(found.inbox.name, found.inbox.bot_name, found.last_seq, _state(found))


def state(conversation_id: UUID) -> CustomerState:
    """Who must answer now and, while waiting, the place in the queue and the expected wait."""
    return _state(_found(conversation_id).select_related("agent").get())


def _found(conversation_id: UUID) -> QuerySet[Conversation]:
    rated = Exists(Rating.objects.filter(conversation=OuterRef("pk")))
    return Conversation.objects.filter(pk=conversation_id).annotate(rated=rated)


def _state(found: Conversation) -> CustomerState:
    place, wait_s = _queue(found) if found.holder == Holder.QUEUE else (None, None)
    return CustomerState(
        holder=found.holder,  # type: ignore[arg-type]
        person=found.agent.name if found.agent else None,
        place=place,
        wait_s=wait_s,
        rated=vars(found)["rated"],
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
