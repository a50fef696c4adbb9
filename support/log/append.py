"""Writing one line: one SQL round trip, in autocommit, so that its answer means committed.

The UPDATE of the conversation's row takes its lock, so ``seq`` is dense and stored order is the order that both sides
see. The same send twice gives the first answer. A customer's share of sends is counted in the same row: exactly, for
all processes and both transports.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from psycopg import errors
from psycopg_pool import PoolTimeout

from support import push
from support.log.refused import Refused, unavailable, why_not
from support.models import Author, Holder
from support.protocol.parts import Button

TRIES = 3
PAUSE_S = 0.01
ANYBODY = (Holder.BOT, Holder.QUEUE, Holder.AGENT, Holder.NOBODY)
WHILE_OPEN = (Holder.BOT, Holder.QUEUE, Holder.AGENT)
EACH_MAY_WRITE: dict[str, Sequence[str]] = {
    Author.CUSTOMER: WHILE_OPEN,
    Author.BOT: (Holder.BOT,),
    Author.AGENT: (Holder.AGENT,),
    Author.SYSTEM: ANYBODY,
}
logger = logging.getLogger(__name__)

# Until when the customer's sends are paid for, were this one paid too (the generic cell rate algorithm, ITU-T I.371):
# each send costs window / limit seconds, and nobody may be paid up beyond the window. A time further ahead than that
# was written before the clock stepped back, and counts as nothing.
PAID = """
    CASE WHEN paid_until > statement_timestamp() + %(window)s THEN statement_timestamp()
    ELSE greatest(paid_until, statement_timestamp()) END + %(cost)s
"""
APPEND = f"""
WITH earlier AS (
    SELECT seq, body = %(body)s AS same FROM support_message
    WHERE conversation_id = %(conversation)s AND author = %(author)s AND client_id = %(client_id)s
), counted AS (
    UPDATE support_conversation
    SET last_seq = last_seq + 1, last_at = statement_timestamp(),
        first_asked_at = CASE WHEN %(author)s = 'customer' THEN coalesce(first_asked_at, statement_timestamp())
                         ELSE first_asked_at END,
        paid_until = CASE WHEN %(author)s = 'customer' THEN {PAID} ELSE paid_until END
    WHERE id = %(conversation)s AND holder = ANY(%(holders)s) AND NOT EXISTS (SELECT FROM earlier)
        AND (%(author)s <> 'agent' OR agent_id = %(agent)s)
        AND (%(author)s <> 'customer' OR {PAID} <= statement_timestamp() + %(window)s)
    RETURNING id, last_seq, inbox_id, holder
), written AS (
    INSERT INTO support_message
        (conversation_id, seq, author, agent_id, client_id, body, event, pressed, button_titles, button_payloads)
    SELECT id, last_seq, %(author)s, %(agent)s, %(client_id)s, %(body)s, %(event)s, %(pressed)s,
        %(titles)s::varchar[], %(payloads)s::varchar[]
    FROM counted
), owed AS (
    INSERT INTO support_turn (conversation_id, seq)
    SELECT id, last_seq FROM counted WHERE %(author)s = 'customer'
), answered AS (
    UPDATE support_handoff SET answered_at = statement_timestamp()
    WHERE conversation_id = (SELECT id FROM counted) AND state = 'assigned' AND answered_at IS NULL
        AND %(author)s = 'agent'
)
SELECT last_seq, inbox_id, holder = 'bot', NULL FROM counted UNION ALL SELECT seq, NULL, NULL, same FROM earlier
"""


Row = tuple[int, int | None, bool | None, bool | None]


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
    """Store one line, for a customer's line the Turn that is owed for it, for an agent's the time of the first answer.

    Raises:
        Refused: ``closed``, ``not_holder`` (another holds the conversation), ``reused_id`` (the same client_id with
            another body), ``missing``; to be tried again: ``too_fast``, and outside a transaction ``unavailable``.
    """
    holders = [holder.value for holder in EACH_MAY_WRITE[author]]  # type: ignore[attr-defined]
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
        "holders": holders,
        "window": settings.SEND_WINDOW,
        "cost": settings.SEND_WINDOW / settings.SEND_LIMIT,
    }
    row = _once(values) if connection.in_atomic_block else _until_done(values)
    if row is None:
        raise why_not(conversation_id, author, holders)
    seq, inbox_id, bot_holds, same = row
    if inbox_id is None:
        if not same:
            raise Refused("reused_id", "This client_id was used for another text.")
        return Stored(seq, repeated=True)
    # Nobody waits for what the engine makes of a line to a person: the worker comes by and reads several at once.
    push.after_commit(conversation_id, inbox_id, work=author == Author.CUSTOMER and bool(bot_holds))
    return Stored(seq, repeated=False)


def _until_done(values: dict[str, Any]) -> Row | None:
    # Inside a transaction the caller holds the row's lock and retries as a whole; here every failure is ours. Trying
    # again is always right: if the statement was committed after all, it gives the first answer.
    for left in reversed(range(TRIES)):
        try:
            return _once(values)
        except IntegrityError:
            # The same send arrived twice at once; this one waited for the other, whose row its snapshot cannot see.
            if not left:
                raise
        except (OperationalError, InterfaceError) as error:
            if _is_gone(error, left):
                raise unavailable() from error
    raise AssertionError("unreachable")


def _is_gone(error: DatabaseError | InterfaceError, left: int) -> bool:
    """Whether to give up; else everything is ready for another try."""
    if isinstance(error.__cause__, errors.DeadlockDetected | errors.SerializationFailure):
        time.sleep(PAUSE_S)
        return not left
    logger.warning("append: %s", type(error.__cause__ or error).__name__)
    connection.close()  # the server may be back already, with a new process
    return not left or isinstance(error.__cause__, PoolTimeout)


def _once(values: dict[str, Any]) -> Row | None:
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
        row: Row | None = cursor.fetchone()
        return row
