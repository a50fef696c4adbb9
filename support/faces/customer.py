"""What the widget shows around the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from escalation.service_level import expected_wait
from support import presence
from support.access import CustomerCaller
from support.models import Conversation, Handoff, HandoffState, Holder, Rating
from support.protocol.parts import CustomerState
from support.push.lanes import LANES

RECENT = timedelta(hours=24)
RECENT_MOST = 50


ARRIVAL = """
SELECT conversation.id, inbox.name, inbox.bot_name, conversation.last_seq, conversation.holder, agent.name,
    EXISTS (SELECT FROM support_rating WHERE conversation_id = conversation.id)
FROM support_conversation conversation
JOIN support_inbox inbox ON inbox.id = conversation.inbox_id
LEFT JOIN support_agent agent ON agent.id = conversation.agent_id
WHERE conversation.customer_id = %(customer)s AND conversation.inbox_id = %(inbox)s
ORDER BY conversation.opened_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a customer is told who has just come: the names on the panel, the end of the log, and who must answer."""

    conversation: UUID
    inbox: str
    bot: str
    last_seq: int
    state: CustomerState


async def arrival(caller: CustomerCaller) -> Arrival | None:
    """Everything but the lines, of the conversation that the customer is on; the place in the queue is not known yet.

    One query on the event loop: after a restart everybody arrives at once. Raises psycopg.Error.
    """
    for pk, inbox, bot, last_seq, holder, person, rated in await LANES.fetch(
        ARRIVAL, {"customer": caller.customer_id, "inbox": caller.inbox_id}
    ):
        return Arrival(pk, inbox, bot, last_seq, CustomerState(holder, person, None, None, rated))
    return None


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
