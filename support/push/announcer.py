"""The announcer: one thread of a process sends its hints, so that no writer waits for them.

Whatever comes in while a batch is under way goes out in the next one, each group once: under load hints cost less, not
more. A process that is killed takes its unsent hints with it; the sweep of the doors heals that.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Iterable

from channels.layers import get_channel_layer
from django.db import InterfaceError, OperationalError, connection

from support.push.hint_layer import WORK

RETRY_S = 0.5
LAST_WORDS_S = 2.0
logger = logging.getLogger(__name__)


class Announcer:
    """Started by the first hint; ends with the process."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._changed = threading.Condition()
        self._sending = False
        self._thread: threading.Thread | None = None

    def announce(self, groups: Iterable[str]) -> None:
        """Send a hint to these groups, soon. Called after the commit; returns at once."""
        with self._changed:
            self._waiting.update(dict.fromkeys(groups))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, seconds: float = LAST_WORDS_S) -> bool:
        """Wait until everything is sent; False when it was not within this time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._sending, seconds)

    def _run(self) -> None:
        while True:
            groups = self._next()
            try:
                _send(groups)
            except (OperationalError, InterfaceError, OSError) as error:
                logger.warning("hints: %d not sent (%s), again in %.1f s", len(groups), type(error).__name__, RETRY_S)
                connection.close()
                self._put_back(groups)
            finally:
                self._sent()

    def _next(self) -> tuple[str, ...]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting)
            groups = tuple(self._waiting)
            self._waiting.clear()
            self._sending = True
            return groups

    def _put_back(self, groups: tuple[str, ...]) -> None:
        with self._changed:
            self._waiting = dict.fromkeys(groups) | self._waiting
        time.sleep(RETRY_S)

    def _sent(self) -> None:
        with self._changed:
            self._sending = False
            idle = not self._waiting
            self._changed.notify_all()
        if idle:
            connection.close()


def _send(groups: tuple[str, ...]) -> None:
    if WORK in groups:  # first, because workers listen to PostgreSQL also when Redis is away
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {WORK}")
    if followed := [group for group in groups if group != WORK]:
        get_channel_layer().announce(followed)


ANNOUNCER = Announcer()
atexit.register(ANNOUNCER.flush)
