"""The figures as tables: the twins of the charts, where conversations went, the ratings, and every definition."""

from __future__ import annotations

from dataclasses import dataclass

from support.metrics.figures import ALL, BY_KEY, KINDS, OUTCOMES, of_kind
from support.metrics.period import Period
from support.metrics.report import Report
from support.metrics.shares import RATES, Share
from support.pages.dashboard import words
from support.pages.dashboard.links import Link, Links


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a name, its cells, and how it is counted. ``bar`` is a share of 100 for a small bar; ``css`` colours it."""

    key: str
    name: str
    cells: tuple[Link, ...]
    how: str = ""
    bar: float = 0
    few: bool = False
    css: str = ""


def reasons_by_day(report: Report) -> list[Line]:
    """Per day: escalated, then each kind."""
    keys = ("escalated", *(of_kind(kind) for kind in KINDS))
    return [_day(report, part.period, [(key, part.counts[key]) for key in keys]) for part in report.parts]


def rates_by_day(report: Report) -> list[Line]:
    """Per day: conversations, closed, contained with its share, escalated with its share."""
    links, found = Links(report.scope), []
    for part in report.parts:
        counts = part.counts
        contained, escalated = (
            Share(counts["contained"], counts["closed"]),
            Share(counts["escalated"], counts["started"]),
        )
        cells = [Link(words.number(counts[key]), links.to(key, part.period)) for key in ("started", "closed")]
        for key, share in (("contained", contained), ("escalated", escalated)):
            cells.append(Link(words.number(share.part), links.to(key, part.period), "", words.percent(share.value)))
        found.append(Line(part.period.first.isoformat(), _name(part.period), tuple(cells)))
    return found


def outcomes(report: Report) -> list[Line]:
    """Where the conversations went: each is in exactly one of these."""
    return [_part_of(report, key, "started") for key in OUTCOMES]


def kinds(report: Report) -> list[Line]:
    """Main reasons in their fixed order."""
    return [_part_of(report, of_kind(kind), "escalated", KINDS[kind], kind.value) for kind in KINDS]


def ratings(report: Report) -> list[Line]:
    """CSAT with the number of ratings and the response rate: all, bot only, with a person."""
    links, found = Links(report.scope), []
    for suffix, name in (("", "All"), ("_bot", "Bot only"), ("_person", "With a person")):
        csat, response = report.shares[f"csat{suffix}"], report.shares[f"response{suffix}"]
        cells = (
            Link(words.percent(csat.value), links.to(f"satisfied{suffix}"), "", words.doubt(csat)),
            links.count(f"satisfied{suffix}", csat.part),
            links.count(f"rated{suffix}", csat.n),
            links.count(f"closed{suffix}", response.n),
            Link(words.percent(response.value), links.to(f"rated{suffix}")),
        )
        found.append(Line(f"csat{suffix}", name, cells, few=csat.few and csat.n > 0))
    return found


def after(report: Report) -> list[Line]:
    """What became of those that a person held."""
    links, found = Links(report.scope), []
    for rate in (rate for rate in RATES if rate.key in ("first_contact_resolution", "hand_back")):
        share, figure = report.shares[rate.key], BY_KEY[rate.part]
        cells = (
            links.count(rate.part, share.part),
            links.count(rate.whole, share.n, "of"),
            Link(words.percent(share.value), links.to(rate.part)),
        )
        found.append(Line(rate.part, figure.name, cells, figure.how, few=share.few and share.n > 0))
    return found


def definitions(report: Report) -> list[Line]:
    """Every figure with its number and how it is counted."""
    links = Links(report.scope)
    return [
        Line(
            figure.key,
            figure.name,
            (links.count(figure.key, report.counts[figure.key], "", figure.unit.value),),
            figure.how,
        )
        for figure in ALL
    ]


def _part_of(report: Report, key: str, whole: str, name: str = "", css: str = "") -> Line:
    share = Share(report.counts[key], report.counts[whole])
    links = Links(report.scope)
    cells = (links.count(key, share.part), Link(words.percent(share.value), links.to(key)))
    return Line(
        key, name or BY_KEY[key].name, cells, BY_KEY[key].how, round((share.value or 0) * 100, 1), css=css or key
    )


def _day(report: Report, period: Period, counts: list[tuple[str, int]]) -> Line:
    links = Links(report.scope)
    cells = tuple(Link(words.number(count), links.to(key, period)) for key, count in counts)
    return Line(period.first.isoformat(), _name(period), cells)


def _name(period: Period) -> str:
    return f"{period.first:%a} {period.first.day} {period.first:%b}" if period.days == 1 else str(period)
