"""Reading the log: pages of it, and where it ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from support.models import Author, Conversation
from support.models.customer import guest
from support.protocol.parts import Button, Line

Viewer = Literal["customer", "agent"]
PAGE = 50  # of the longest lines this is 0.8 MB, below what the server holds back for a slow client

SINCE = """
SELECT message.seq, message.author, message.body, message.created_at, message.event, message.client_id,
    message.button_titles, message.button_payloads, agent.name, inbox.bot_name, conversation.customer_id
FROM support_message message
JOIN support_conversation conversation ON conversation.id = message.conversation_id
JOIN support_inbox inbox ON inbox.id = conversation.inbox_id
LEFT JOIN support_agent agent ON agent.id = message.agent_id
WHERE message.conversation_id = %(conversation)s AND message.seq > %(after)s
ORDER BY message.seq LIMIT %(limit)s
"""


def since(conversation_id: UUID, after: int, viewer: Viewer | None = None, limit: int = PAGE) -> list[Line]:
    """The lines after ``after``, oldest first, at most ``limit``; as this viewer may see them, or whole for None."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, {"conversation": conversation_id, "after": after, "limit": limit})
        lines = [line_of(*row) for row in cursor.fetchall()]
    return lines if viewer is None else [seen_by(viewer, line) for line in lines]


def seen_by(viewer: Viewer, line: Line) -> Line:
    """A line as one side sees it: with the client ids of its own lines only."""
    return line if line.author == viewer or not line.client_id else replace(line, client_id="")


def end(conversation_id: UUID) -> int:
    """The last ``seq`` that is stored."""
    return Conversation.objects.values_list("last_seq", flat=True).get(pk=conversation_id)


def ends(conversation_ids: Collection[UUID]) -> dict[UUID, int]:
    """The last ``seq`` of each of these conversations that exists; one query."""
    return dict(Conversation.objects.filter(pk__in=conversation_ids).values_list("pk", "last_seq"))


def line_of(
    seq: int,
    author: Any,
    body: str,
    created_at: Any,
    event: str,
    client_id: str,
    titles: list[str],
    payloads: list[str],
    agent: str | None,
    bot: str,
    customer_id: int,
) -> Line:
    """A row of SINCE as a line, with every author's client id."""
    names = {Author.CUSTOMER.value: guest(customer_id), Author.BOT.value: bot, Author.AGENT.value: agent or ""}
    return Line(
        seq=seq,
        author=author,
        name=names.get(author, ""),
        body=body,
        at=created_at.isoformat(),
        event=event,
        client_id=client_id,
        buttons=tuple(Button(title, payload) for title, payload in zip(titles, payloads, strict=True)),
    )
