"""Conversations as rows of a list, by hand-written SQL: agents' screens ask for this more often than for anything else."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from support.models import Conversation
from support.models.customer import guest
from support.protocol.parts import Chip, Row

MOST = 300

# ``chosen`` has the conversations in their order, each with the agent to whose list it belongs, if to anybody's.
ROWS = """
SELECT chosen.list, c.id, c.customer_id, inbox.name, c.holder, c.agent_id, agent.name, left(spoken.body, 200), spoken.author,
    c.last_at, unanswered.created_at, passage.enqueued_at, passage.due_at, passage.priority, judged.probability,
    CASE WHEN c.holder IN ('queue', 'agent') THEN passage.reasons ELSE judged.reasons END
FROM chosen
JOIN support_conversation c ON c.id = chosen.id
JOIN support_inbox inbox ON inbox.id = c.inbox_id
LEFT JOIN support_agent agent ON agent.id = c.agent_id
LEFT JOIN support_handoff passage ON passage.conversation_id = c.id AND passage.state IN ('waiting', 'assigned')
LEFT JOIN LATERAL (
    SELECT body, author FROM support_message
    WHERE conversation_id = c.id AND author <> 'system' ORDER BY seq DESC LIMIT 1
) spoken ON true
LEFT JOIN LATERAL (
    SELECT seq FROM support_message
    WHERE conversation_id = c.id AND author IN ('bot', 'agent') ORDER BY seq DESC LIMIT 1
) answered ON true
LEFT JOIN LATERAL (
    SELECT created_at FROM support_message
    WHERE conversation_id = c.id AND author = 'customer' AND seq > coalesce(answered.seq, 0) ORDER BY seq LIMIT 1
) unanswered ON true
LEFT JOIN LATERAL (
    SELECT probability, reasons FROM support_assessment
    WHERE conversation_id = c.id AND seq > c.boundary ORDER BY seq DESC LIMIT 1
) judged ON true
ORDER BY chosen.list, chosen.place
"""
GIVEN = "WITH chosen AS (SELECT '' AS list, id, place FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY given (id, place))"
BOARD = """
WITH queued AS (
    SELECT 'queue' AS list, c.id, row_number() OVER (ORDER BY h.priority, h.enqueued_at) AS place
    FROM support_conversation c JOIN support_handoff h ON h.conversation_id = c.id AND h.state = 'waiting'
    WHERE c.inbox_id = ANY(%(inboxes)s) AND c.holder = 'queue' ORDER BY place LIMIT %(most)s
), watched AS (
    SELECT 'watch' AS list, c.id, row_number() OVER (ORDER BY risk.probability DESC NULLS LAST, c.last_at DESC) AS place
    FROM support_conversation c LEFT JOIN LATERAL (
        SELECT probability FROM support_assessment
        WHERE conversation_id = c.id AND seq > c.boundary ORDER BY seq DESC LIMIT 1
    ) risk ON true
    WHERE c.inbox_id = ANY(%(inboxes)s) AND c.holder = 'bot' AND c.first_asked_at IS NOT NULL
    ORDER BY place LIMIT %(most)s
), held AS (
    SELECT 'mine' AS list, c.id, 0::bigint AS place FROM support_conversation c
    WHERE c.inbox_id = ANY(%(inboxes)s) AND c.holder = 'agent' AND c.agent_id = ANY(%(agents)s)
), chosen AS (SELECT * FROM queued UNION ALL SELECT * FROM watched UNION ALL SELECT * FROM held)
"""


def rows(conversations: QuerySet[Conversation], limit: int) -> list[Row]:
    """Any conversations as rows, in their order. Two queries."""
    ids = list(conversations.values_list("pk", flat=True)[:limit])
    return [found for _, _, found in _read(GIVEN, {"ids": ids})]


def board(inbox_ids: Collection[int], agent_ids: Collection[int]) -> list[tuple[str, int | None, Row]]:
    """The queue and what the bot holds, at most 300 each, in order; and all that these agents hold. One query.

    Returns:
        Name of the list (queue, watch, mine), the agent who holds it, the row.
    """
    return _read(BOARD, {"inboxes": list(inbox_ids), "agents": list(agent_ids), "most": MOST})


def _read(chosen: str, values: dict[str, Any]) -> list[tuple[str, int | None, Row]]:
    with connection.cursor() as cursor:
        cursor.execute(chosen + ROWS, values)
        return [_row(*found) for found in cursor.fetchall()]


def _row(
    part: str,
    pk: UUID,
    customer_id: int,
    inbox: str,
    holder: Any,
    agent_id: int | None,
    agent: str | None,
    text: str | None,
    author: Any,
    last_at: datetime,
    unanswered_since: datetime | None,
    enqueued_at: datetime | None,
    due_at: datetime | None,
    priority: int | None,
    risk: float | None,
    reasons: Any,
) -> tuple[str, int | None, Row]:
    queued = holder == "queue"
    found = Row(
        id=str(pk),
        customer=guest(customer_id),
        inbox=inbox,
        holder=holder,
        agent=agent,
        last_text=text or "",
        last_author=author or "system",
        last_at=last_at.isoformat(),
        waiting_since=iso(enqueued_at if queued else unanswered_since),
        due_at=iso(due_at) if queued else None,
        priority=priority,
        risk=None if risk is None else round(risk * 100),
        chips=chips(json.loads(reasons) if reasons else []),
    )
    return part, agent_id, found


def chips(reasons: Sequence[dict[str, Any]]) -> tuple[Chip, ...]:
    """The stored reasons that speak for a person, in two or three words each."""
    return tuple(Chip(reason["kind"], reason["chip"]) for reason in reasons if reason["share"] > 0)


def iso(at: datetime | None) -> str | None:
    """ISO 8601, or null."""
    return at.isoformat() if at else None
