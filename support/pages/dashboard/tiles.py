"""The key figures, each with what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from support.metrics.figures import BY_KEY
from support.metrics.report import Report
from support.metrics.shares import RATES
from support.metrics.spreads import TIMINGS
from support.pages.dashboard import words
from support.pages.dashboard.links import Link, Links

RATE = {rate.key: rate for rate in RATES}
TIMING = {timing.key: timing for timing in TIMINGS}


@dataclass(frozen=True, slots=True)
class Tile:
    """``figure`` is the key of the set that the big number opens; ``few`` says that there are too few to rely on."""

    figure: str
    label: str
    how: str
    main: Link
    aside: Link | None
    foot: tuple[Link, ...]
    few: bool
    doubt: str = ""


def tiles(report: Report) -> list[Tile]:
    """In the order in which a manager asks: how much, who answers, how fast, how good."""
    return [
        _started(report),
        _containment(report),
        _escalation(report),
        _service_level(report),
        *(_duration(report, timing.key) for timing in TIMINGS),
        _csat(report),
    ]


def _started(report: Report) -> Tile:
    links, counts = Links(report.scope), report.counts
    foot = (
        links.count("closed", counts["closed"], "closed"),
        links.count("with_bot", counts["with_bot"], "with the bot"),
        links.count("in_queue", counts["in_queue"], "waiting"),
    )
    main = links.count("started", counts["started"])
    return Tile("started", "Conversations", BY_KEY["started"].how, main, None, foot, few=False)


def _containment(report: Report) -> Tile:
    links, counts = Links(report.scope), report.counts
    false = report.shares["false_containment"]
    foot = (
        links.count("contained", counts["contained"]),
        links.count("closed", counts["closed"], "of", "closed"),
        links.count("false_contained", counts["false_contained"], "false", f"({words.percent(false.value)})"),
    )
    return _rate(report, "containment", None, foot)


def _escalation(report: Report) -> Tile:
    links, counts = Links(report.scope), report.counts
    foot = (
        links.count("escalated", counts["escalated"]),
        links.count("started", counts["started"], "of"),
        links.count("reached", counts["reached"], "reached a person"),
        links.count("failed", counts["failed"], "failed"),
        links.count("taken_over", counts["taken_over"], "taken over"),
    )
    return _rate(report, "escalation", None, foot)


def _service_level(report: Report) -> Tile:
    links, counts = Links(report.scope), report.counts
    inbox = report.scope.inbox
    target = Link("", "", f"target {words.clock(inbox.target_s)}") if inbox else None
    foot = (
        links.count("in_time", counts["in_time"], "in time"),
        links.count("offered", counts["offered"], "of", "offered"),
        links.count("abandoned", counts["abandoned"], "abandoned"),
        links.count("expired", counts["expired"], "expired"),
    )
    return _rate(report, "service_level", target, foot)


def _csat(report: Report) -> Tile:
    links, counts = Links(report.scope), report.counts
    foot = (
        links.count("satisfied", counts["satisfied"], "4 or 5:"),
        links.count(
            "rated", counts["rated"], "of", f"ratings ({words.percent(report.shares['response'].value)} responded)"
        ),
    )
    return _rate(report, "csat", None, foot)


def _rate(report: Report, key: str, aside: Link | None, foot: tuple[Link, ...]) -> Tile:
    rate, share = RATE[key], report.shares[key]
    part, whole = BY_KEY[rate.part], BY_KEY[rate.whole]
    how = f"“{part.name}” as a share of “{whole.name}”. {part.name}: {part.how} {whole.name}: {whole.how}"
    main = Link(words.percent(share.value), Links(report.scope).to(rate.part))
    return Tile(rate.part, rate.name, how, main, aside, foot, share.few and share.n > 0, words.doubt(share))


def _duration(report: Report, key: str) -> Tile:
    timing, spread, links = TIMING[key], report.spreads[key], Links(report.scope)
    figure = BY_KEY[timing.figure]
    how = f"Half of these took at most p50, nine in ten at most p90. {figure.name}: {figure.how}"
    main = Link(words.clock(spread.p50), links.to(figure.key))
    aside = Link(words.clock(spread.p90), links.to(figure.key), "p90")
    mean = Link(words.clock(spread.mean), links.to(figure.key), "mean")
    foot = (links.count(figure.key, spread.n, figure.name.lower()), mean)
    few = spread.few and spread.n > 0
    return Tile(figure.key, f"{timing.name}, p50", how, main, aside, foot, few)
