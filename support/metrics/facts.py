"""What is known about each conversation and each handoff, as columns that figures choose by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from support.models import Assignment, Conversation, Handoff

BACK_WITHIN = timedelta(hours=24)

ESCALATIONS = Handoff.objects.filter(conversation=OuterRef("pk"), asked_by_agent=False).order_by("enqueued_at", "pk")


def of_conversations(conversations: QuerySet[Conversation]) -> QuerySet[Any]:
    """Add what happened to each conversation.

    - ``kind``: the main reason of its first escalation; null when it was never escalated. Take-overs do not count.
    - ``handed``: whether it has any handoff, take-overs included.
    - ``reached``: whether a person accepted one of its escalations.
    - ``wait``: enqueued to accepted, of its first accepted escalation.
    - ``people``: how many different persons held it.
    - ``back``: whether the same customer wrote in another conversation within 24 h of its end.
    - ``score``: the customer's rating.
    """
    again = Conversation.objects.filter(
        customer=OuterRef("customer"),
        first_asked_at__gt=OuterRef("closed_at"),
        first_asked_at__lte=OuterRef("closed_at") + BACK_WITHIN,
    ).exclude(pk=OuterRef("pk"))
    accepted = ESCALATIONS.filter(accepted_at__isnull=False)
    holders = Assignment.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    return conversations.annotate(
        kind=Subquery(ESCALATIONS.values("main_kind")[:1]),
        handed=Exists(Handoff.objects.filter(conversation=OuterRef("pk"))),
        reached=Exists(accepted),
        wait=Subquery(accepted.annotate(took=WAIT).values("took")[:1]),
        people=Coalesce(Subquery(holders.annotate(people=Count("agent", distinct=True)).values("people")), 0),
        back=Exists(again),
        score=F("rating__score"),
    )


def _between(start: str, end: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())


WAIT = _between("enqueued_at", "accepted_at")


def of_handoffs(handoffs: QuerySet[Handoff]) -> QuerySet[Any]:
    """Add how long each handoff took.

    - ``wait``: enqueued to accepted.
    - ``response``: enqueued to the first message by a person.
    - ``handle``: the sum of its assignments, once it has ended; null when nobody was ever assigned.
    """
    held = Assignment.objects.filter(handoff=OuterRef("pk"), ended_at__isnull=False).order_by().values("handoff")
    spent = held.annotate(spent=Sum(_between("started_at", "ended_at"))).values("spent")
    return handoffs.annotate(
        wait=WAIT,
        response=_between("enqueued_at", "answered_at"),
        handle=Subquery(spent),
    )
