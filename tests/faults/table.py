"""What `make faults` prints: for each fault, and in all, what was sent and what became of it."""

from __future__ import annotations

import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.faults.check import Finding, Run, Verdict, send
from tests.faults.history import Event

BEFORE = "(before the first)"
HEADS = (
    "fault",
    "times",
    "sent",
    "acked",
    "stored",
    "seen",
    "lost",
    "doubled",
    "reordered",
    "early",
    "healed s",
    "worst s",
)


@dataclass(slots=True)
class Line:
    """One kind of fault. A message belongs to the last fault before it was sent; ``seen`` means by every tab that stayed.

    ``healed_s`` holds for each fault the seconds from its end (of the network, the database, the process) until the
    slowest tab had its next acknowledgement. It is not measured while another fault lasts; a new one may begin.
    """

    fault: str
    times: int = 0
    sent: int = 0
    acknowledged: int = 0
    stored: int = 0
    seen: int = 0
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    early: int = 0
    healed_s: list[float] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """What must be nothing."""
        return self.lost + self.doubled + self.reordered + self.early

    def cells(self) -> tuple[str, ...]:
        """As text."""
        numbers = (self.times, self.sent, self.acknowledged, self.stored, self.seen)
        wrong = (self.lost, self.doubled, self.reordered, self.early)
        times = (f"{statistics.median(self.healed_s):.1f}", f"{max(self.healed_s):.1f}") if self.healed_s else ("", "")
        return (self.fault, *map(str, numbers), *map(str, wrong), *times)


class Table:
    """Counts one run."""

    def __init__(self, run: Run, verdict: Verdict) -> None:
        self.run = run
        self.faults = run.of("fault")
        self.starts = [event.at for event in self.faults]
        self.lines: dict[str, Line] = {}
        self._count_messages()
        self._count_recoveries()
        for kind in ("lost", "doubled", "reordered", "early"):
            self._count_findings(kind, getattr(verdict, kind))

    @property
    def total(self) -> Line:
        """All of them in one line."""
        whole = Line("in all")
        for line in self.lines.values():
            for name, value in asdict(line).items():
                if name != "fault":
                    setattr(whole, name, getattr(whole, name) + value)
        return whole

    def text(self) -> str:
        """The table, columns aligned."""
        rows = [
            HEADS,
            *(line.cells() for line in sorted(self.lines.values(), key=lambda line: line.fault)),
            self.total.cells(),
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
        return "\n".join(
            "  ".join(
                [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
            )
            for row in rows
        )

    def json(self) -> dict[str, Any]:
        """The same for programs."""
        return {"faults": [asdict(line) for line in self.lines.values()], "in_all": asdict(self.total)}

    def _line(self, at: float) -> Line:
        place = bisect_right(self.starts, at)
        name = self.faults[place - 1].values["name"] if place else BEFORE
        return self.lines.setdefault(name, Line(name))

    def _count_messages(self) -> None:
        acknowledged = {send(event) for event in self.run.of("accepted")}
        places = {(row.conversation, row.author, row.client_id): row.seq for row in self.run.rows.values()}
        seen, viewers = defaultdict(set), defaultdict(set)
        for event in self.run.of("seen"):
            seen[event.conversation, event.values["seq"]].add(event.who)
        for who, conversation in self.run.viewers():
            viewers[conversation].add(who)
        for name, event in self.run.sent.items():
            line = self._line(event.at)
            line.sent += 1
            line.acknowledged += name in acknowledged
            line.stored += name in places
            line.seen += name in places and viewers[event.conversation] <= seen[event.conversation, places[name]]

    def _count_recoveries(self) -> None:
        answers: dict[str, list[float]] = defaultdict(list)
        for event in self.run.of("accepted"):
            answers[event.who].append(event.at)
        lasted = [(fault.at, self._end_of(fault)) for fault in self.faults]
        for fault, (_, end) in zip(self.faults, lasted, strict=True):
            line = self._line(fault.at)
            line.times += 1
            if not any(other_began < end < other_end for other_began, other_end in lasted):
                line.healed_s.append(max(next_after(end, times) for times in answers.values()))

    def _end_of(self, fault: Event) -> float:
        name = fault.values["name"]
        return next(event.at for event in self.run.of("over") if event.at >= fault.at and event.values["name"] == name)

    def _count_findings(self, kind: str, findings: Iterable[Finding]) -> None:
        for finding in findings:
            line = self._line(finding.at)
            setattr(line, kind, getattr(line, kind) + 1)


def next_after(end: float, times: list[float]) -> float:
    """Seconds from the end of a fault to the next of these moments; none for a tab that was not there."""
    place = bisect_right(times, end)
    return times[place] - end if 0 < place < len(times) else 0.0
