"""The queue's order, its deadlines, and the expected wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.routing import Waiting, may_take, order
from escalation.service_level import due_at, expected_wait, state

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


def waits(number: int, priority: int, minutes_ago: int) -> Waiting:
    return Waiting(number, priority, NOON - timedelta(minutes=minutes_ago))


def test_the_queue_goes_by_priority_then_age() -> None:
    queue = [waits(1, 3, 9), waits(2, 1, 1), waits(3, 2, 2), waits(4, 1, 3)]
    assert [one.id for one in order(queue)] == [4, 2, 3, 1]


@given(st.permutations([waits(number, 2, 5) for number in range(5)]))
def test_of_those_who_came_at_one_moment_the_lower_id_is_first(queue: list[Waiting]) -> None:
    assert [one.id for one in order(queue)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("needed", "have", "load", "capacity", "expected"),
    [
        ((), (), 0, 1, True),
        ((), ("spa",), 3, 3, False),
        (("spa",), (), 0, 3, False),
        (("spa",), ("spa", "billing"), 2, 3, True),
    ],
)
def test_an_agent_needs_the_skills_and_room(
    needed: tuple[str, ...], have: tuple[str, ...], load: int, capacity: int, expected: bool
) -> None:
    assert may_take(needed, have, load, capacity) == expected


def test_a_wait_is_late_from_its_deadline_on_and_soon_before() -> None:
    due = due_at(NOON, 120)
    moments = (0, 89, 90, 119, 120, 500)
    assert [state(NOON + timedelta(seconds=passed), due) for passed in moments] == [
        "ok",
        "ok",
        "soon",
        "soon",
        "late",
        "late",
    ]


@pytest.mark.parametrize(
    ("recent", "ahead", "agents", "expected"),
    [
        ((), 0, 2, None),
        ((60, 60), 0, 2, None),
        ((60, 30, 90), 0, 0, None),
        ((60, 30, 90), 0, 2, 60),
        ((60, 30, 90), 1, 2, 60),
        ((60, 30, 90), 2, 2, 120),
        ((10, 20, 1000, 30), 3, 1, 100),
    ],
)
def test_a_wait_is_expected_only_on_the_basis_of_recent_ones(
    recent: tuple[float, ...], ahead: int, agents: int, expected: float | None
) -> None:
    assert expected_wait(recent, ahead, agents) == expected


def test_numbers_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        expected_wait((1, 2, 3), -1, 1)
    with pytest.raises(ValueError, match="negative"):
        due_at(NOON, -1)
