"""The log on the event loop of a web process: the same statements as elsewhere, and no thread between.

Handing a statement to a thread and its answer back costs more than all else that a message costs, so the doors, which
write and read for every message, do it here.
"""

from __future__ import annotations

import asyncio
import logging
from uuid import UUID

import psycopg
from psycopg import errors

from support import push
from support.log.append import AGAIN, PAUSE_S, TRIES
from support.log.page import PAGE, SINCE, line_of
from support.log.refused import WHY_NOT, question, reason, unavailable
from support.log.statement import APPEND, Line, Row, Stored, outcome
from support.protocol import parts
from support.push.lanes import LANES

MOST_UNDER_WAY = 400  # well within a second of work on one slow core; beyond this, sends are refused for now
logger = logging.getLogger(__name__)


async def append(conversation_id: UUID, author: str, client_id: str, body: str, pressed: str = "") -> Stored:
    """As support.log.append, in autocommit: its answer means committed.

    Raises:
        Refused: as there.
    """
    line = Line(conversation_id, author, client_id, body, pressed=pressed)
    row = await _until_done(line)
    if row is None:
        raise reason(await _why_not(conversation_id), author)
    stored, news = outcome(row, line)
    if news:
        push.now(conversation_id, news.inbox_id, news.work)
    return stored


async def since(conversation_id: UUID, after: int) -> list[parts.Line]:
    """The lines after ``after``, oldest first, at most a page, whole.

    Raises:
        psycopg.Error: they could not be read now.
    """
    rows = await LANES.fetch(SINCE, {"conversation": conversation_id, "after": after, "limit": PAGE})
    return [line_of(*row) for row in rows]


def overloaded() -> bool:
    """Whether so much is under way that what comes now would wait for too long."""
    return LANES.under_way >= MOST_UNDER_WAY


async def _until_done(line: Line) -> Row | None:
    # As in append.py: trying again is always right.
    for left in reversed(range(TRIES)):
        try:
            rows = await LANES.fetch(APPEND, line.values())
            return rows[0] if rows else None
        except errors.UniqueViolation:
            if not left:
                raise
        except AGAIN:
            if not left:
                raise unavailable() from None
            await asyncio.sleep(PAUSE_S)
        except (psycopg.OperationalError, psycopg.InternalError) as error:
            logger.warning("append: %s", type(error).__name__)
            if not left:
                raise unavailable() from error
    raise AssertionError("unreachable")


async def _why_not(conversation_id: UUID) -> tuple[object, ...] | None:
    try:
        rows = await LANES.fetch(WHY_NOT, question(conversation_id))
    except psycopg.OperationalError as error:
        raise unavailable() from error
    return rows[0] if rows else None
