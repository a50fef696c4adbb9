"""When a program that died is started again."""

import pytest

from config.launch import backoff


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (5000, 30)]
)
def test_the_wait_doubles_up_to_half_a_minute(failures: int, seconds: float) -> None:
    assert backoff.wait_s(failures) == seconds


@pytest.mark.parametrize(("failures", "lived_s", "now"), [(0, 0.1, 1), (3, 59.9, 4), (3, 60, 1), (3, 3600, 1)])
def test_a_life_of_a_minute_forgives_what_was_before(failures: int, lived_s: float, now: int) -> None:
    assert backoff.failures_after(failures, lived_s) == now
