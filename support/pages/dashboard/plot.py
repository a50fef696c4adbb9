"""Charts as coordinates: what the template draws as SVG. Every mark opens its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from support.metrics.figures import KINDS, of_kind
from support.metrics.period import Period
from support.metrics.report import Part, Report
from support.metrics.shares import Share
from support.pages.dashboard import words
from support.pages.dashboard.links import Links

WIDTH, LEFT, TOP, FLOOR = 520, 34, 10, 150
RIGHT = 512


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across or a word below, at ``at``."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One link on a chart; ``name`` is a sentence. ``css`` is the class that colours it."""

    name: str
    href: str
    x: float
    y: float
    css: str
    width: float = 0
    height: float = 0
    few: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """``paths`` are lines between marks that both stand for enough conversations, with the class of each."""

    marks: tuple[Mark, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    paths: tuple[tuple[str, str], ...] = ()


def reasons(report: Report) -> Plot:
    """Escalations by main reason, stacked per day (or per week)."""
    links, highest = Links(report.scope), max(part.counts["escalated"] for part in report.parts)
    step = _step(highest)
    top = max(step, -(-highest // step) * step)
    slot = (RIGHT - LEFT) / len(report.parts)
    marks = []
    for place, part in enumerate(report.parts):
        below = 0
        for kind, name in KINDS.items():
            count = part.counts[of_kind(kind)]
            y = _height(below + count, top)
            if count:
                x, width = LEFT + slot * (place + 0.14), slot * 0.72
                text = f"{_day(part.period)}, {name}: {words.number(count)}"
                href = links.to(of_kind(kind), part.period)
                marks.append(Mark(text, href, _r(x), _r(y), kind.value, _r(width), _r(_height(below, top) - y)))
            below += count
    rows = tuple(Tick(_r(_height(value, top)), words.number(value)) for value in range(0, top + 1, step))
    return Plot(tuple(marks), rows, _columns(report.parts))


def rates(report: Report) -> Plot:
    """Containment (of closed) and escalation (of started) per day. Few are drawn hollow and joined to nothing."""
    series: tuple[tuple[str, str, Callable[[Part], Share]], ...] = (
        ("contained", "contained", lambda part: Share(part.counts["contained"], part.counts["closed"])),
        ("escalated", "escalated", lambda part: Share(part.counts["escalated"], part.counts["started"])),
    )
    marks: list[Mark] = []
    paths: list[tuple[str, str]] = []
    for figure, name, share_of in series:
        line = _line(report, figure, name, share_of)
        marks += (mark for mark in line if mark)
        paths += ((f"line-{figure}", piece) for piece in _joined(line))
    rows = tuple(
        Tick(_r(_height(value, 100)), f"{value} %" if value == 100 else str(value)) for value in range(0, 101, 25)
    )
    return Plot(tuple(marks), rows, _columns(report.parts), tuple(paths))


def _line(report: Report, figure: str, name: str, share_of: Callable[[Part], Share]) -> list[Mark | None]:
    links, marks = Links(report.scope), []
    for place, part in enumerate(report.parts):
        share, mark = share_of(part), None
        if share.value is not None:
            text = f"{_day(part.period)}: {words.percent(share.value)} {name}, {share.part} of {share.n}"
            href = links.to(figure, part.period)
            x, y = _middle(place, len(report.parts)), _height(share.value * 100, 100)
            mark = Mark(text + (" (few)" if share.few else ""), href, _r(x), _r(y), figure, few=share.few)
        marks.append(mark)
    return marks


def _joined(line: Sequence[Mark | None]) -> list[str]:
    # A line says that something lasted: it joins neighbouring days only, and only where each stands on enough.
    return [f"M{a.x} {a.y}L{b.x} {b.y}" for a, b in pairwise(line) if a and b and not (a.few or b.few)]


def _columns(parts: Sequence[Part]) -> tuple[Tick, ...]:
    every = -(-len(parts) // 8)
    shown = [(place, part.period.first) for place, part in enumerate(parts) if place % every == 0]
    texts, month = [], None
    for place, day in shown:
        texts.append(
            Tick(_r(_middle(place, len(parts))), f"{day.day} {day:%b}" if day.month != month else str(day.day))
        )
        month = day.month
    return tuple(texts)


def _day(period: Period) -> str:
    return f"{period.first:%a} {period.first.day} {period.first:%b}" if period.days == 1 else str(period)


def _middle(place: int, many: int) -> float:
    return LEFT + (RIGHT - LEFT) * (place + 0.5) / many


def _height(value: float, top: float) -> float:
    return FLOOR - (FLOOR - TOP) * value / top


def _step(highest: int) -> int:
    # 1, 2 or 5 times a power of ten, for at most five lines across.
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if highest <= step * 5:
                return step
        size *= 10


def _r(value: float) -> float:
    return round(value, 1)
