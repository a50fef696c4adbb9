"""Writing one line: one SQL round trip, in autocommit, so that its answer means committed.

The UPDATE of the conversation's row takes its lock, so ``seq`` is dense and stored order is the order that both sides
see. The same send twice gives the first answer. A customer's share of sends is counted in the same row: exactly, for
all processes and both transports.
"""

from __future__ import annotations

import logging
import time
from typing import Any
from uuid import UUID

from django.db import Error, IntegrityError, InterfaceError, InternalError, OperationalError, connection
from psycopg import errors
from psycopg_pool import PoolTimeout

from support import push
from support.log.refused import WHY_NOT, question, reason, unavailable
from support.log.statement import APPEND, Line, Row, Stored, outcome

TRIES = 3
PAUSE_S = 0.01
AGAIN = (errors.DeadlockDetected, errors.SerializationFailure)
TROUBLE = (OperationalError, InterfaceError, InternalError)  # the last one also when a file cannot grow
logger = logging.getLogger(__name__)


def append(conversation_id: UUID, author: str, client_id: str, body: str, **more: Any) -> Stored:
    """Store one line, for a customer's line the Turn that is owed for it, for an agent's the time of the first answer.

    Args:
        more: ``agent_id``, ``event``, ``pressed``, ``buttons``.

    Raises:
        Refused: ``closed``, ``not_holder`` (another holds the conversation), ``reused_id`` (the same client_id with
            another body), ``missing``; to be tried again: ``too_fast``, and outside a transaction ``unavailable``.
    """
    line = Line(conversation_id, author, client_id, body, **more)
    row = _once(line.values()) if connection.in_atomic_block else _until_done(line.values())
    if row is None:
        raise reason(_why_not(conversation_id), author)
    stored, news = outcome(row, line)
    if news:
        push.after_commit(conversation_id, news.inbox_id, news.work)
    return stored


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
        except TROUBLE as error:
            if _is_gone(error, left):
                raise unavailable() from error
    raise AssertionError("unreachable")


def _is_gone(error: Error, left: int) -> bool:
    """Whether to give up; else everything is ready for another try."""
    if isinstance(error.__cause__, AGAIN):
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


def _why_not(conversation_id: UUID) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(WHY_NOT, question(conversation_id))
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
