"""Percentiles by nearest rank, and the timetable of the open loop."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import due_times, percentile, spread


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], 0.5, 7.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 0.51, 3.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(1, 101)], 0.99, 99.0),
        ([float(n) for n in range(1, 101)], 1.0, 100.0),
    ],
)
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 100), min_size=1), st.floats(0.01, 1))
def test_at_least_the_share_lies_at_or_below_a_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_a_spread_is_in_milliseconds() -> None:
    found = spread([0.001, 0.002, 0.003])
    assert (found.p50, found.worst, found.count) == (2.0, 3.0, 3)


def test_every_stack_gets_the_same_timetable_and_each_round_another() -> None:
    assert due_times(10, 20, seed=1) == due_times(10, 20, seed=1)
    assert due_times(10, 20, seed=1) != due_times(10, 20, seed=2)


def test_a_timetable_is_ordered_keeps_its_end_and_its_rate() -> None:
    due = due_times(100, 50, seed=3)
    assert due == sorted(due)
    assert due[0] > 0
    assert due[-1] < 50
    assert len(due) == pytest.approx(5000, rel=0.1)
