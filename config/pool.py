"""Whether a pooled connection still works: asked only when it has rested, so that a busy service pays no round trip for it."""

import time
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg_pool import ConnectionPool

RESTED_S = 1.0
_seen: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


def check(connection: Connection[Any]) -> None:
    """Raise psycopg.OperationalError when the connection is broken, so that the pool hands out another.

    One that was handed out within the last second is taken on trust: whoever meets its failure closes it.
    """
    now = time.monotonic()
    if now - _seen.get(connection, 0.0) > RESTED_S:
        ConnectionPool.check_connection(connection)
    _seen[connection] = now
