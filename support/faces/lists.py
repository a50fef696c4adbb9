"""The agent's three lists: mine, the queue, and what the bot holds, by risk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from support import presence
from support.models import (
    Agent,
    Assessment,
    Author,
    Availability,
    Conversation,
    Handoff,
    HandoffState,
    Holder,
    Message,
)
from support.protocol.agent import Lists
from support.protocol.parts import Chip, Me, Row

MOST = 300
SPOKEN = (Author.CUSTOMER, Author.BOT, Author.AGENT)


def me(agent_id: int) -> Me:
    """The agent who is signed in, with the load of now."""
    return _agents({agent_id})[agent_id]


def read(inbox_ids: Collection[int], agent_ids: Collection[int]) -> dict[int, Lists]:
    """The three lists of these inboxes as each of these agents sees them, at most 300 rows each. Five queries for all."""
    seen = _rows(Conversation.objects.filter(inbox__in=inbox_ids))
    held = seen.filter(holder=Holder.AGENT, agent__in=agent_ids)
    queue = seen.filter(holder=Holder.QUEUE).order_by(F("priority"), F("enqueued_at"))
    watch = seen.filter(holder=Holder.BOT, first_asked_at__isnull=False).order_by(
        F("risk").desc(nulls_last=True), "-last_at"
    )
    mine: dict[int, list[Row]] = {agent_id: [] for agent_id in agent_ids}
    for found in held:
        mine[found.agent_id].append(_row(found))  # type: ignore[index]  # held by an agent
    queued = tuple(_row(found) for found in queue[:MOST])
    watched = tuple(_row(found) for found in watch[:MOST])
    available = _available(inbox_ids)
    return {
        agent_id: Lists(me=agent, mine=_by_wait(mine[agent_id]), queue=queued, watch=watched, available=available)
        for agent_id, agent in _agents(agent_ids).items()
    }


def _agents(agent_ids: Collection[int]) -> dict[int, Me]:
    load = Count("assignments", filter=Q(assignments__ended_at=None))
    return {
        agent.pk: Me(
            id=agent.pk,
            name=agent.name,
            role=agent.role,  # type: ignore[arg-type]
            availability=agent.availability,  # type: ignore[arg-type]
            capacity=agent.capacity,
            load=vars(agent)["load"],
        )
        for agent in Agent.objects.filter(pk__in=agent_ids).annotate(load=load)
    }


def _by_wait(rows: list[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: (row.waiting_since or "~", row.last_at))[:MOST])


def _available(inbox_ids: Collection[int]) -> int:
    agents = Agent.objects.filter(
        inboxes__in=inbox_ids, availability=Availability.AVAILABLE, pk__in=presence.agents_present()
    )
    return agents.distinct().count()


def pulses(inbox_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """For each inbox two numbers that change whenever one of its open conversations grows, comes or goes; one query."""
    open_ones = Conversation.objects.filter(inbox__in=inbox_ids).exclude(holder=Holder.NOBODY).order_by()
    counted = open_ones.values("inbox").annotate(lines=Sum("last_seq"), open=Count("pk"))
    return {row["inbox"]: (row["lines"], row["open"]) for row in counted}


def row(conversation_id: UUID) -> Row:
    """One conversation as a row."""
    return _row(_rows(Conversation.objects.filter(pk=conversation_id)).get())


def rows(conversations: QuerySet[Conversation], limit: int) -> list[Row]:
    """Any conversations as rows, in their order."""
    return [_row(found) for found in _rows(conversations)[:limit]]


def _rows(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    lines = Message.objects.filter(conversation=OuterRef("pk"))
    last = lines.filter(author__in=SPOKEN).order_by("-seq")
    answer = Message.objects.filter(
        conversation=OuterRef("conversation"), author__in=(Author.BOT, Author.AGENT), seq__gt=OuterRef("seq")
    )
    unanswered = lines.filter(~Exists(answer), author=Author.CUSTOMER)
    waiting = Handoff.objects.filter(
        conversation=OuterRef("pk"), state__in=(HandoffState.WAITING, HandoffState.ASSIGNED)
    )
    judged = Assessment.objects.filter(conversation=OuterRef("pk")).order_by("-seq")
    return conversations.select_related("customer", "inbox", "agent").annotate(
        last_text=Subquery(last.values("body")[:1]),
        last_author=Subquery(last.values("author")[:1]),
        unanswered_since=Subquery(unanswered.order_by("seq").values("created_at")[:1]),
        priority=Subquery(waiting.values("priority")[:1]),
        enqueued_at=Subquery(waiting.values("enqueued_at")[:1]),
        due_at=Subquery(waiting.values("due_at")[:1]),
        handoff_reasons=Subquery(waiting.values("reasons")[:1]),
        risk=Subquery(judged.filter(seq__gt=OuterRef("boundary")).values("probability")[:1]),
        last_reasons=Subquery(judged.filter(seq__gt=OuterRef("boundary")).values("reasons")[:1]),
    )


def _row(found: Conversation) -> Row:
    queued = found.holder == Holder.QUEUE
    values = vars(found)
    reasons = values["handoff_reasons"] if found.holder in (Holder.QUEUE, Holder.AGENT) else values["last_reasons"]
    since = values["enqueued_at"] if queued else values["unanswered_since"]
    return Row(
        id=str(found.pk),
        customer=found.customer.name,
        inbox=found.inbox.name,
        holder=found.holder,  # type: ignore[arg-type]
        agent=found.agent.name if found.agent else None,
        last_text=(values["last_text"] or "")[:200],
        last_author=values["last_author"] or "system",
        last_at=found.last_at.isoformat(),
        waiting_since=iso(since),
        due_at=iso(values["due_at"]) if queued else None,
        priority=values["priority"],
        risk=None if values["risk"] is None else round(values["risk"] * 100),
        chips=chips(reasons or []),
    )


def chips(reasons: Sequence[dict[str, Any]]) -> tuple[Chip, ...]:
    """The stored reasons that speak for a person, in two or three words each."""
    return tuple(Chip(reason["kind"], reason["chip"]) for reason in reasons if reason["share"] > 0)


def iso(at: datetime | None) -> str | None:
    """ISO 8601, or null."""
    return at.isoformat() if at else None
