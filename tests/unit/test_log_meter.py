"""The shares of addresses and inboxes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from support.log import limits
from support.log.limits import Meter


class Clock:
    """Time as a test tells it, seconds."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_whole_share_may_come_at_once_and_then_one_at_a_time() -> None:
    clock = Clock()
    meter = Meter(4, 10, clock)
    assert [meter.take("a") for _ in range(4)] == [0, 0, 0, 0]
    assert meter.take("a") == 2.5
    clock.now += 2.5
    assert [meter.take("a"), meter.take("a")] == [0, 2.5]


def test_names_do_not_share() -> None:
    meter = Meter(1, 10, Clock())
    assert [meter.take("a"), meter.take("b")] == [0, 0]
    assert meter.take("a") == 10


def test_who_has_been_quiet_is_forgotten_when_there_are_many(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(limits, "FORGET_AT", 3)
    clock = Clock()
    meter = Meter(2, 10, clock)
    for name in "abc":
        meter.take(name)
    clock.now += 60
    meter.take("d")
    assert list(meter.paid_until) == ["d"]


@given(steps=st.lists(st.floats(0, 5), max_size=60), limit=st.integers(1, 20))
def test_no_window_ever_lets_in_more_than_twice_the_share(steps: list[float], limit: int) -> None:
    # The share at once, and what has come back within the window: the bound of this algorithm.
    clock = Clock()
    meter = Meter(limit, 10, clock)
    taken = []
    for step in steps:
        clock.now += step
        if meter.take("a") == 0:
            taken.append(clock.now)
    for start in taken:
        assert sum(start <= at < start + 10 for at in taken) <= 2 * limit
