"""The table of the long form: every message belongs to the last fault before it, and the sums are those of the run."""

from __future__ import annotations

from tests.faults.check import Row, Run, check
from tests.faults.history import Event
from tests.faults.table import BEFORE, Table

TALK = "talk"


def told(at: float, kind: str, who: str = "", **values: object) -> Event:
    return Event(at, kind, who, TALK if who else "", dict(values))


def exchange(at: float, number: int, taken_s: float) -> list[Event]:
    """A send, its acknowledgement after so many seconds, and a sighting by both."""
    name, body = f"m-{number}", f"Line {number}"
    line = {"seq": number, "author": "customer", "body": body}
    return [
        told(at, "sent", "maria", author="customer", client_id=name, body=body),
        told(at + taken_s, "accepted", "maria", author="customer", client_id=name, seq=number),
        told(at + taken_s, "seen", "maria", **line, client_id=name),
        told(at + taken_s, "seen", "ana", **line, client_id=""),
    ]


def rows(*numbers: int) -> list[Row]:
    return [Row(TALK, number, "customer", f"m-{number}", f"Line {number}") for number in numbers]


EVENTS = [
    *exchange(1, 1, 0.1),
    told(2, "fault", name="cut"),
    *exchange(2.5, 2, 1.5),
    told(3, "over", name="cut"),
    told(2.2, "fault", name="kill"),
    told(2.2, "over", name="kill"),
    told(5, "fault", name="kill"),
    told(5, "over", name="kill"),
    *exchange(6, 3, 0.5),
    told(9, "settled", "maria"),
    told(9, "settled", "ana"),
]


def table(events: list[Event], stored: list[Row]) -> Table:
    run = Run(events, stored, {TALK: 3})
    return Table(run, check(run))


def test_messages_and_recoveries_are_counted_under_the_fault_before_them() -> None:
    lines = table(EVENTS, rows(1, 2, 3)).lines
    assert {name: (line.times, line.sent, line.healed_s) for name, line in lines.items()} == {
        BEFORE: (0, 1, []),
        "cut": (1, 0, [1.0]),
        "kill": (2, 2, [1.5]),
    }


def test_the_last_line_is_the_sum_and_says_when_something_is_bad() -> None:
    good, bad = table(EVENTS, rows(1, 2, 3)).total, table(EVENTS, rows(1, 3)).total
    assert (good.sent, good.acknowledged, good.stored, good.seen, good.bad) == (3, 3, 3, 3, 0)
    assert (bad.sent, bad.acknowledged, bad.stored, bad.seen) == (3, 3, 2, 2)
    assert (bad.lost, bad.doubled, bad.reordered, bad.early) == (1, 0, 1, 2)


def test_a_line_that_one_side_did_not_see_is_lost_and_not_counted_as_seen() -> None:
    unseen = [event for event in EVENTS if (event.kind, event.who, event.values.get("seq")) != ("seen", "ana", 3)]
    line = table(unseen, rows(1, 2, 3)).lines["kill"]
    assert (line.stored, line.seen, line.lost) == (2, 1, 1)


def test_the_text_has_a_line_for_each_fault_and_one_for_all() -> None:
    text = table(EVENTS, rows(1, 2, 3)).text().splitlines()
    assert [row.split("  ")[0] for row in text] == ["fault", BEFORE, "cut", "kill", "in all"]
    assert len({len(row) for row in text}) == 1
