"""The table that `make bench` prints, in Markdown, so that it can stand in docs/performance.md as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.bench.bot_turn import BotTurn
from tests.bench.delays import Delays
from tests.bench.figures import Spread
from tests.bench.results import Results, middle
from tests.bench.saturation import Saturation
from tests.bench.targets import rows


def text(results: Results) -> str:
    """All of it."""
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterator[str]:
    yield f"{results.machine}; other programs took {results.neighbours:.0%} of the processors meanwhile."
    yield from _targets(results)
    yield from _delays("Customers write: 20 chats, 10 messages a second in all", results.delays)
    yield from _delays("Agents write: the same the other way", results.replies)
    yield from _saturation(results)
    yield from _faults(results)
    yield from _single(results)


def _targets(results: Results) -> Iterator[str]:
    if found := list(rows(results)):
        yield from _head("Targets", ("", "target", "measured", "", "met"))
    for row in found:
        sign = ">=" if row.at_least else "<="
        target = f"{sign} {row.limit:,g} {row.unit}".rstrip() if row.limit else "0"
        digits = 2 if row.unit == "x" else 1 if row.unit else 0  # a ratio that just misses must not look met
        measured = f"{row.measured:,.{digits}f} {row.unit}".rstrip()
        yield _row(row.what, target, measured, row.note, "yes" if row.met else "NO")


def _delays(title: str, found: dict[str, Delays]) -> Iterator[str]:
    if not found:
        return
    yield from _head(f"{title} (ms, p50 / p95 / p99)", ("", "acknowledged", "visible", "messages"))
    for name, delays in found.items():
        yield _row(name, _spread(delays.acknowledged), _spread(delays.visible), str(delays.acknowledged.count))


def _saturation(results: Results) -> Iterator[str]:
    if not results.saturation:
        return
    columns = ("", "messages/s", "visible p99", "CPU service", "CPU PostgreSQL", "CPU generator", "not judged yet")
    yield from _head("Saturation: 8 senders, 16 messages each under way (ms, CPU a message)", columns)
    for name, rounds in results.saturation.items():
        yield _row(name, *_full(rounds))
    columns = (
        "",
        "messages/s",
        "acknowledged p99",
        "visible p99",
        "visible after acknowledged p99",
        "worst",
        "refused",
    )
    yield from _head("Overload: 115 % of that by timetable (ms)", columns)
    for name, rounds in results.saturation.items():
        yield _row(name, *_over(rounds))


def _full(rounds: Sequence[Saturation]) -> Iterator[str]:
    yield f"{middle(rounds, 'rate'):,.0f}"
    yield f"{middle(rounds, 'visible_p99'):,.0f}"
    for name in ("service_ms", "postgres_ms", "generator_ms"):
        yield f"{middle(rounds, name):.2f}"
    yield f"{middle(rounds, 'owed'):.0%}"


def _over(rounds: Sequence[Saturation]) -> Iterator[str]:
    yield f"{middle(rounds, 'over_rate'):,.0f}"
    for name in ("over_acknowledged_p99", "over_visible_p99", "over_behind_p99", "over_behind_worst"):
        yield f"{middle(rounds, name):,.0f}"
    yield str(sum(one.over.faults.refused for one in rounds))


def _faults(results: Results) -> Iterator[str]:
    names = list(dict.fromkeys([*results.delays, *results.saturation]))
    if not names:
        return
    columns = ("", "lost", "doubled", "reordered", "never answered", "refused, then taken")
    yield from _head("What went wrong, of all messages above", columns)
    for name in names:
        found = results.faults(name)
        yield _row(
            name, *(str(n) for n in (found.lost, found.doubled, found.reordered, found.unanswered, found.refused))
        )


def _single(results: Results) -> Iterator[str]:
    if results.held or results.trips or results.bot_turn:
        yield from _head("Baton alone", ("", "measured"))
    if held := results.held:
        yield _row(f"a held socket, of {held.sockets:,}", f"{held.kib_each:.1f} KiB (Pss of web)")
        yield _row("drained after SIGTERM, port answers again after", f"{held.drained_s:.1f} s, {held.down_s:.1f} s")
        yield _row("all back after that, after SIGTERM", f"{held.back_s:.1f} s, {held.back_from_stop_s:.1f} s")
        yield _row("processor time of the web for each", f"{held.cpu_ms_each:.1f} ms")
    if trips := results.trips:
        yield _row("statements a message: web, worker", f"{trips.web:.1f}, {trips.worker:.1f}")
        yield _row("foreign keys checked at the commits", f"{trips.checks:.1f}")
        yield _row("statements a second when nobody writes", f"{trips.idle_per_second:.1f}")
    for name, turn in (("a bot that answers at once", results.bot_turn), ("the assistant", results.assistant_turn)):
        if turn:
            yield _row(f"asked directly, through the service: {name}", _turn(turn))
    if results.no_assistant:
        yield _row("the assistant", f"not measured: {results.no_assistant}")


def _turn(turn: BotTurn) -> str:
    said = (
        f"{turn.direct.p50:.1f}, {turn.through.p50:.1f} ms p50 ({turn.through.p95:.1f} p95, {turn.through.count} turns)"
    )
    return f"{said}; {turn.unanswered} without the bot's answer" if turn.unanswered else said


def _spread(spread: Spread) -> str:
    return f"{spread.p50:,.1f} / {spread.p95:,.1f} / {spread.p99:,.1f}"


def _head(title: str, columns: Sequence[str]) -> Iterator[str]:
    yield from ("", f"**{title}**", "", _row(*columns), f"|{'---|' * len(columns)}")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def aligned(markdown: str) -> str:
    """The same with the columns of each table padded, for the terminal."""
    lines = markdown.splitlines()
    blocks: list[list[str]] = []
    for line in lines:
        if line.startswith("|") and blocks and blocks[-1][0].startswith("|"):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return (
        "\n".join(line for block in blocks for line in (_padded(block) if block[0].startswith("|") else block)) + "\n"
    )


def _padded(table: Iterable[str]) -> list[str]:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    widths = [max(len(row[column]) for row in cells if row[column] != "---") for column in range(len(cells[0]))]
    body = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
        if row[0] != "---"
    ]
    return [f"  {line}" for line in body]
