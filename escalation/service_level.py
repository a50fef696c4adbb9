"""Deadlines of the queue, and an honest guess at the wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from statistics import median

FEWEST_WAITS = 3


def due_at(enqueued_at: datetime, target_s: float) -> datetime:
    """When the service-level target ends.

    Raises:
        ValueError: a negative target.
    """
    if target_s < 0:
        raise ValueError("a target cannot be negative")
    return enqueued_at + timedelta(seconds=target_s)


def expected_wait(recent_waits_s: Sequence[float], ahead: int, agents: int) -> float | None:
    """Seconds until a person may come, or None when there is no basis for a figure.

    Method: the median of the recent waits of this inbox is what one round takes. With ``agents`` available people a round takes that many
    customers, so somebody with ``ahead`` others before them is taken in round ceil((ahead + 1) / agents); the estimate is median x rounds.
    It assumes that the next rounds go as the last ones did. None with fewer than three recent waits, or with nobody available.

    Raises:
        ValueError: ``ahead`` or ``agents`` is negative.
    """
    if ahead < 0 or agents < 0:
        raise ValueError("ahead and agents cannot be negative")
    if agents == 0 or len(recent_waits_s) < FEWEST_WAITS:
        return None
    return median(recent_waits_s) * ceil((ahead + 1) / agents)
