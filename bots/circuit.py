"""A circuit breaker: after several failures in a row nobody is asked for a while, then one is, to see."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Circuit:
    """Closed, everybody may ask; open, nobody; after the pause one probe, whose outcome closes or opens it again.

    ``clock`` returns seconds and never goes back (``time.monotonic``). Safe to share between threads.
    """

    def __init__(self, clock: Callable[[], float], failures: int = 5, pause: float = 10.0) -> None:
        """Open after ``failures`` in a row, for ``pause`` seconds."""
        self._clock = clock
        self._most = failures
        self._pause = pause
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._probe_at: float | None = None

    def may_ask(self) -> bool:
        """Say whether to ask now. Who gets ``True`` must report by ``succeeded`` or ``failed``."""
        with self._lock:
            if self._probe_at is None:
                return True
            if self._clock() < self._probe_at:
                return False
            # The probe takes the place: whoever comes before its report is turned away. A probe that is never
            # reported (its thread was killed) holds the place for one pause only.
            self._probe_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        """Close the circuit."""
        with self._lock:
            self._in_a_row = 0
            self._probe_at = None

    def failed(self) -> None:
        """Count a failure; the last of a row, and a failed probe, open the circuit for a whole pause."""
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= self._most:
                self._probe_at = self._clock() + self._pause
