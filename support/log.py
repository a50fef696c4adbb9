"""The log: the only writer and pager of messages.

``append`` is one SQL round trip. The UPDATE of the conversation's row takes its lock, so ``seq`` is dense and stored
order is the order that both sides see. The same send twice gives the first answer.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg import errors

from support import push
from support.models import Author, Holder, Message
from support.protocol.parts import Button, Line

PAGE = 50  # of the longest lines this is 0.8 MB, below what the server holds back for a slow client
TRIES = 3
ANYBODY = (Holder.BOT, Holder.QUEUE, Holder.AGENT, Holder.NOBODY)
WHILE_OPEN = (Holder.BOT, Holder.QUEUE, Holder.AGENT)
EACH_MAY_WRITE: dict[str, Sequence[str]] = {
    Author.CUSTOMER: WHILE_OPEN,
    Author.BOT: (Holder.BOT,),
    Author.AGENT: (Holder.AGENT,),
    Author.SYSTEM: ANYBODY,
}

APPEND = """
WITH earlier AS (
    SELECT seq, body = %(body)s AS same FROM support_message
    WHERE conversation_id = %(conversation)s AND author = %(author)s AND client_id = %(client_id)s
), counted AS (
    UPDATE support_conversation
    SET last_seq = last_seq + 1, last_at = statement_timestamp(),
        first_asked_at = CASE WHEN %(author)s = 'customer' THEN coalesce(first_asked_at, statement_timestamp())
                         ELSE first_asked_at END
    WHERE id = %(conversation)s AND holder = ANY(%(holders)s) AND NOT EXISTS (SELECT FROM earlier)
        AND (%(author)s <> 'agent' OR agent_id = %(agent)s)
    RETURNING id, last_seq, inbox_id
), written AS (
    INSERT INTO support_message
        (conversation_id, seq, author, agent_id, client_id, body, event, pressed, button_titles, button_payloads)
    SELECT id, last_seq, %(author)s, %(agent)s, %(client_id)s, %(body)s, %(event)s, %(pressed)s,
        %(titles)s::varchar[], %(payloads)s::varchar[]
    FROM counted
), owed AS (
    INSERT INTO support_turn (conversation_id, seq)
    SELECT id, last_seq FROM counted WHERE %(author)s = 'customer'
)
SELECT last_seq, inbox_id, NULL FROM counted UNION ALL SELECT seq, NULL, same FROM earlier
"""


class Refused(Exception):
    """A line that was not stored; the sender is told and keeps it. ``code`` is for programs."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Stored:
    """A line is in the log as ``seq``; ``repeated`` when an earlier arrival of the same send stored it."""

    seq: int
    repeated: bool


def append(
    conversation_id: UUID,
    author: str,
    client_id: str,
    body: str,
    *,
    agent_id: int | None = None,
    event: str = "",
    pressed: str = "",
    buttons: Sequence[Button] = (),
) -> Stored:
    """Store one line, and for a customer's line the Turn that is owed for it.

    Raises:
        Refused: ``closed``, ``not_holder`` (another holds the conversation), ``reused_id`` (the same client_id with
            another body) or ``missing``.
    """
    values = {
        "conversation": conversation_id,
        "author": author,
        "client_id": client_id,
        "body": body,
        "agent": agent_id,
        "event": event,
        "pressed": pressed,
        "titles": [button.title for button in buttons],
        "payloads": [button.payload for button in buttons],
        "holders": list(EACH_MAY_WRITE[author]),
    }
    row = _write(values)
    if row is None:
        raise _why_not(conversation_id, author)
    seq, inbox_id, same = row
    if inbox_id is None:
        if not same:
            raise Refused("reused_id", "This client_id was used for another text.")
        return Stored(seq, repeated=True)
    push.after_commit(conversation_id, inbox_id, work=author == Author.CUSTOMER)
    return Stored(seq, repeated=False)


def _write(values: dict[str, Any]) -> tuple[int, int | None, bool | None] | None:
    if connection.in_atomic_block:  # the caller holds the row's lock and retries as a whole
        return _once(values)
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _once(values)
        except IntegrityError:
            # The same send arrived twice at once; this one waited for the other, whose row its snapshot cannot see.
            if not left:
                raise
        except DatabaseError as error:
            if not left or not isinstance(error.__cause__, errors.DeadlockDetected | errors.SerializationFailure):
                raise
            time.sleep(0.01)
    raise AssertionError("unreachable")


def _once(values: dict[str, Any]) -> tuple[int, int | None, bool | None] | None:
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
        row: tuple[int, int | None, bool | None] | None = cursor.fetchone()
        return row


def _why_not(conversation_id: UUID, author: str) -> Refused:
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder FROM support_conversation WHERE id = %s", [conversation_id])
        row = cursor.fetchone()
    if row is None:
        return Refused("missing", "There is no such conversation.")
    if row[0] == Holder.NOBODY:
        return Refused("closed", "This conversation has ended.")
    return Refused("not_holder", f"The {author} does not hold this conversation now.")


def since(conversation_id: UUID, after: int, viewer: Literal["customer", "agent"], limit: int = PAGE) -> list[Line]:
    """The lines after ``after``, oldest first, at most ``limit``. Each side sees the client ids of its own lines only."""
    rows = (
        Message.objects.filter(conversation_id=conversation_id, seq__gt=after)
        .select_related("agent", "conversation__inbox", "conversation__customer")
        .order_by("seq")[:limit]
    )
    return [_line(row, viewer) for row in rows]


def _line(message: Message, viewer: str) -> Line:
    buttons = zip(message.button_titles, message.button_payloads, strict=True)
    return Line(
        seq=message.seq,
        author=message.author,  # type: ignore[arg-type]
        name=_name(message),
        body=message.body,
        at=message.created_at.isoformat(),
        event=message.event,
        client_id=message.client_id if message.author == viewer else "",
        buttons=tuple(Button(title, payload) for title, payload in buttons),
    )


def _name(message: Message) -> str:
    match message.author:
        case Author.CUSTOMER:
            return message.conversation.customer.name
        case Author.BOT:
            return message.conversation.inbox.bot_name
        case Author.AGENT if message.agent:
            return message.agent.name
        case _:
            return ""
