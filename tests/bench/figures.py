"""Arithmetic of the benchmark: percentiles of delays and when the messages of an open loop are due."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest rank: the smallest value that at least ``share`` (above 0, at most 1) of all values do not exceed."""
    if not values:
        raise ValueError("no values, no percentile")
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Spread:
    """Delays in milliseconds."""

    p50: float
    p95: float
    p99: float
    worst: float
    count: int


def spread(delays_s: Sequence[float]) -> Spread:
    """Summarise delays that were taken in seconds."""
    p50, p95, p99, worst = (percentile(delays_s, share) * 1000 for share in (0.5, 0.95, 0.99, 1.0))
    return Spread(p50, p95, p99, worst, len(delays_s))


def due_times(rate: float, seconds: float, seed: int) -> list[float]:
    """When messages are due, in seconds from the start: as many people write who know nothing of each other.

    The gaps are exponential. A steady beat could fall in step with a timer of a stack; the seed gives every stack
    the very same times.
    """
    chance = random.Random(seed)
    due, at = [], chance.expovariate(rate)
    while at < seconds:
        due.append(at)
        at += chance.expovariate(rate)
    return due
