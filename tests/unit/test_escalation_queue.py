"""The queue's deadlines and the expected wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from escalation.service_level import due_at, expected_wait

NOON = datetime(2024, 5, 6, 12, tzinfo=UTC)


def test_a_wait_is_due_when_its_target_ends() -> None:
    assert due_at(NOON, 120) == NOON + timedelta(minutes=2)


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
