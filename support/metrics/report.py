"""All figures of a scope in two queries: its conversations by day, and its handoffs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from support.metrics import facts
from support.metrics.figures import ALL, BY_KEY, Figure, Unit
from support.metrics.period import Period
from support.metrics.scope import Scope
from support.metrics.shares import Share, shares
from support.metrics.spreads import TIMINGS, Spread, columns, spread


@dataclass(frozen=True, slots=True)
class Part:
    """The figures over conversations that started on some of the days."""

    period: Period
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """``counts`` by key of the figure, ``shares`` by key of the rate, ``spreads`` by key of the timing."""

    scope: Scope
    counts: Mapping[str, int]
    shares: Mapping[str, Share]
    spreads: Mapping[str, Spread]
    parts: tuple[Part, ...]


def report(scope: Scope) -> Report:
    """Count everything."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Compiling these two wide statements takes PostgreSQL longer than running them (2.2 of 3.3 s for 20,000 rows).
        cursor.execute("SET LOCAL jit = off")
        parts = tuple(_parts(scope))
        found = _handoffs(scope)
    counts = Counter(dict.fromkeys(BY_KEY, 0))
    for part in parts:
        counts.update(part.counts)
    counts.update(_read(Unit.HANDOFFS, found))
    spreads = {timing.key: spread(timing, counts[timing.figure], found) for timing in TIMINGS}
    return Report(scope, counts, shares(counts), spreads, parts)


def count(scope: Scope, figure: Figure) -> int:
    """One figure alone."""
    size: int = figure_rows(scope, figure).count()
    return size


def figure_rows(scope: Scope, figure: Figure) -> Any:
    """The conversations or handoffs that one figure counts, with their facts."""
    if figure.unit == Unit.HANDOFFS:
        return facts.of_handoffs(scope.handoffs()).filter(figure.which)
    return facts.of_conversations(scope.conversations()).filter(figure.which)


def _of(unit: Unit) -> list[Figure]:
    return [figure for figure in ALL if figure.unit == unit]


def _parts(scope: Scope) -> Iterable[Part]:
    day = TruncDate("first_asked_at", tzinfo=timezone.get_default_timezone())
    # Every conversation starts on exactly one day, so that the days add up to the period.
    rows = facts.of_conversations(scope.conversations()).annotate(day=day).values("day").order_by("day")
    found = rows.annotate(**_counts(Unit.CONVERSATIONS))
    by_day: dict[date, Mapping[str, int]] = {row["day"]: _read(Unit.CONVERSATIONS, row) for row in found}
    for part in scope.period.parts():
        counts = Counter(dict.fromkeys((figure.key for figure in _of(Unit.CONVERSATIONS)), 0))
        for when, of_the_day in by_day.items():
            if part.first <= when <= part.last:
                counts.update(of_the_day)
        yield Part(part, counts)


def _handoffs(scope: Scope) -> dict[str, Any]:
    measured = {name: column for timing in TIMINGS for name, column in columns(timing, _which(timing.figure)).items()}
    found: dict[str, Any] = facts.of_handoffs(scope.handoffs()).aggregate(**_counts(Unit.HANDOFFS), **measured)
    return found


def _counts(unit: Unit) -> dict[str, Count]:
    # The prefix keeps a figure's name apart from the fact of the same name (`reached`).
    return {f"n_{figure.key}": Count("pk", filter=figure.which) for figure in _of(unit)}


def _read(unit: Unit, found: Mapping[str, Any]) -> dict[str, int]:
    return {figure.key: found[f"n_{figure.key}"] for figure in _of(unit)}


def _which(key: str) -> Q:
    return BY_KEY[key].which
