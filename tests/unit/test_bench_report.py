"""Targets that are missed say so, whatever way round they are."""

from __future__ import annotations

from tests.bench.delays import Delays
from tests.bench.held import Held
from tests.bench.ledger import Entry, Faults
from tests.bench.load import BODY_BYTES, SAYINGS, body
from tests.bench.report import aligned, text
from tests.bench.results import BATON, RAW, SOCKETIO, Results
from tests.bench.targets import Row, rows


def delays(milliseconds: float) -> Delays:
    """One message that took so long to both."""
    entry = Entry(chat=0, due=0, accepted=milliseconds / 1000, seq=1, seen=milliseconds / 1000)
    return Delays([entry], [Faults(0, 0, 0, 0, 0)])


def measured(**more: object) -> Results:
    return Results({}, **more)  # type: ignore[arg-type]


def test_a_ratio_is_ours_to_theirs() -> None:
    found = {BATON: delays(9), RAW: delays(3), SOCKETIO: delays(3)}
    first, second, *_ = rows(measured(delays=found))
    assert (round(first.measured, 6), first.limit, first.met) == (3, 2, False)
    assert (round(second.measured, 6), second.limit, second.met) == (3, 3, True)


def test_a_least_is_met_from_there_on() -> None:
    assert Row("rate", 600, 600, "/s", at_least=True).met
    assert not Row("rate", 599, 600, "/s", at_least=True).met


def test_one_lost_message_is_a_missed_target() -> None:
    found = delays(1)
    found.faults.append(Faults(lost=1, doubled=0, reordered=0, unanswered=0, refused=0))
    assert [row.met for row in rows(measured(delays={BATON: found})) if row.what.startswith("lost")] == [False]


def test_what_was_not_measured_is_not_called_met() -> None:
    assert list(rows(measured())) == []


def test_the_table_says_which_target_is_missed_and_by_how_much() -> None:
    held = Held(
        sockets=1000, kib_each=65.5, drained_s=1, down_s=2, back_s=3, back_from_stop_s=5, failed=0, cpu_ms_each=2
    )
    written = text(measured(held=held))
    assert "| a held socket | <= 64 KiB | 65.5 KiB | 1,000 sockets | NO |" in written
    assert "| 1,000 sockets back after a restart | <= 6 s | 3.0 s | from when the port answers | yes |" in written


def test_the_terminal_shows_the_same_cells_in_columns() -> None:
    assert aligned("before\n| a | bb |\n|---|---|\n| ccc | d |\n") == "before\n  a    bb\n  ccc  d\n"


def test_every_message_is_120_bytes_and_ends_with_its_name() -> None:
    for number in range(len(SAYINGS)):
        written = body(f"0123abcd-{number}")
        assert len(written.encode()) == BODY_BYTES
        assert written.endswith(f" 0123abcd-{number}")
