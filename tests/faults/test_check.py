"""The checker is fed histories that are wrong in one way each, and names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults import history
from tests.faults.check import Row, Run, Verdict, check
from tests.faults.history import Event, History

TALK = "talk"
GREETING = Row(TALK, 1, "bot", "greeting", "Hello")
ASKED = Row(TALK, 2, "customer", "m-1", "Where is it?")
REPLIED = Row(TALK, 3, "agent", "a-1", "On its way.")
ROWS = [GREETING, ASKED, REPLIED]
EVENTS: list[tuple[str, str, dict[str, object]]] = [
    ("seen", "maria", {"seq": 1, "author": "bot", "body": "Hello", "client_id": ""}),
    ("seen", "ana", {"seq": 1, "author": "bot", "body": "Hello", "client_id": ""}),
    ("sent", "maria", {"author": "customer", "client_id": "m-1", "body": "Where is it?"}),
    ("accepted", "maria", {"author": "customer", "client_id": "m-1", "seq": 2}),
    ("seen", "maria", {"seq": 2, "author": "customer", "body": "Where is it?", "client_id": "m-1"}),
    ("seen", "ana", {"seq": 2, "author": "customer", "body": "Where is it?", "client_id": ""}),
    ("sent", "ana", {"author": "agent", "client_id": "a-1", "body": "On its way."}),
    ("accepted", "ana", {"author": "agent", "client_id": "a-1", "seq": 3}),
    ("seen", "ana", {"seq": 3, "author": "agent", "body": "On its way.", "client_id": "a-1"}),
    ("seen", "maria", {"seq": 3, "author": "agent", "body": "On its way.", "client_id": ""}),
    ("settled", "maria", {}),
    ("settled", "ana", {}),
]
Kept = list[tuple[str, str, dict[str, object]]]


def judge(events: Kept = EVENTS, rows: list[Row] = ROWS, end: int = 3) -> Verdict:
    found = [Event(float(at), kind, who, TALK, values) for at, (kind, who, values) in enumerate(events)]
    return check(Run(found, rows, {TALK: end}))


def changed(place: int, **values: object) -> Kept:
    """The good history with one event told otherwise."""
    kind, who, before = EVENTS[place]
    return [*EVENTS[:place], (kind, who, {**before, **values}), *EVENTS[place + 1 :]]


def without(place: int) -> Kept:
    """The good history with one event taken out."""
    return [*EVENTS[:place], *EVENTS[place + 1 :]]


def test_a_good_history_has_no_fault() -> None:
    assert judge().faults == []


@pytest.mark.parametrize(
    "rows",
    [
        [GREETING, replace(ASKED, body="Where?"), REPLIED],
        [GREETING, replace(ASKED, author="agent"), REPLIED],
        [GREETING, replace(ASKED, client_id="m-2"), REPLIED],
        [GREETING, replace(REPLIED, seq=2), replace(ASKED, seq=3)],
        [GREETING, REPLIED],
    ],
)
def test_what_was_acknowledged_and_is_not_stored_as_it_was_sent_is_lost(rows: list[Row]) -> None:
    assert any("maria" not in fault and "m-1" in fault for fault in judge(rows=rows).lost)


@pytest.mark.parametrize(("place", "who"), [(9, "maria"), (8, "ana"), (5, "ana")])
def test_a_line_that_a_side_has_not_seen_after_the_last_catch_up_is_lost(place: int, who: str) -> None:
    assert [fault.split(":")[0] for fault in judge(without(place)).lost] == [f"not seen by {who}"]


def test_a_tab_that_left_before_the_end_owes_nothing() -> None:
    assert judge([*EVENTS[:9], EVENTS[11]]).lost == []
    assert judge([*without(5), ("left", "ana", {})]).lost == []


def test_an_acknowledgement_where_nobody_looked_at_the_end_is_no_proof() -> None:
    with pytest.raises(ValueError, match="nobody looked"):
        judge(EVENTS[:10])


def test_a_send_that_is_stored_under_two_names_or_twice_under_one_is_doubled() -> None:
    again = replace(ASKED, seq=4)
    assert any("m-1" in fault for fault in judge(rows=[*ROWS, again], end=4).doubled)
    assert any(
        "different lines" in fault for fault in judge(rows=[*ROWS, replace(again, client_id="m-2")], end=4).doubled
    )


def test_two_answers_of_the_bot_to_one_message_are_doubled() -> None:
    answers = [Row(TALK, 4 + number, "bot", f"turn-1-{number}", "Answer to Where is it?") for number in range(2)]
    assert judge(rows=[*ROWS, answers[0]], end=4).doubled == []
    assert len(judge(rows=[*ROWS, *answers], end=5).doubled) == 1


def test_a_line_that_one_tab_shows_twice_is_doubled() -> None:
    again = ("seen", "maria", {"seq": 4, "author": "agent", "body": "On its way.", "client_id": ""})
    assert [fault for fault in judge([*EVENTS, again]).doubled if "seen 2 times by maria" in fault]


def test_a_send_that_was_made_twice_under_two_names_may_be_there_twice() -> None:
    sent: Kept = [("sent", "maria", {"author": "customer", "client_id": "m-2", "body": "Where is it?"})]
    seen: Kept = [
        ("seen", who, {"seq": 4, "author": "customer", "body": "Where is it?", "client_id": ""})
        for who in ("maria", "ana")
    ]
    assert judge([*EVENTS, *sent, *seen], [*ROWS, replace(ASKED, seq=4, client_id="m-2")], 4).faults == []


def test_a_view_that_is_not_the_log_in_its_order_is_reordered() -> None:
    swapped = [*EVENTS[:4], EVENTS[9], *EVENTS[5:9], EVENTS[4], *EVENTS[10:]]
    assert any("maria shows" in fault for fault in judge(swapped).reordered)


def test_a_resync_begins_the_view_again() -> None:
    again = [event for event in EVENTS if event[:2] == ("seen", "maria")]
    assert judge([*EVENTS, ("resync", "maria", {"had": 3}), *again]).faults == []


def test_a_number_that_is_missing_in_the_log_is_reordered() -> None:
    assert any("seq is not 1 to 4" in fault for fault in judge(rows=[*ROWS, replace(REPLIED, seq=5)], end=4).reordered)
    assert any("seq is not 1 to 5" in fault for fault in judge(end=5).reordered)


def test_a_line_that_was_sent_after_an_acknowledgement_and_stored_before_it_is_reordered() -> None:
    rows = [GREETING, replace(ASKED, client_id="m-2", body="Hello?"), replace(ASKED, seq=3)]
    events: Kept = [
        EVENTS[2],
        ("accepted", "maria", {"author": "customer", "client_id": "m-1", "seq": 3}),
        ("sent", "maria", {"author": "customer", "client_id": "m-2", "body": "Hello?"}),
        ("settled", "maria", {}),
    ]
    assert any("acknowledged earlier" in fault for fault in judge(events, rows).reordered)
    assert not any(
        "acknowledged earlier" in fault for fault in judge([events[0], events[2], events[1], events[3]], rows).reordered
    )


@pytest.mark.parametrize("change", [{"body": "On its"}, {"author": "customer"}, {"seq": 4}])
def test_a_line_that_was_seen_and_is_not_in_the_log_was_shown_before_its_commit(change: dict[str, object]) -> None:
    assert len(judge(changed(9, **change)).early) == 1


def test_what_the_witness_did_not_find_at_the_moment_was_shown_before_its_commit() -> None:
    assert len(judge([*EVENTS, ("unproven", "maria", {"seq": 3})]).early) == 1


def test_a_kept_history_is_read_as_it_was_noted(tmp_path: Path) -> None:
    kept = History()
    note: Callable[..., None] = kept.note
    for kind, who, values in EVENTS:
        note(kind, who, TALK, **values)
    history.write(kept.events, tmp_path / "history.jsonl")
    assert history.read(tmp_path / "history.jsonl") == kept.events
