"""The circuit breaker: who may ask, and when."""

from __future__ import annotations

import pytest

from bots.circuit import Circuit


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("steps", "may_ask_at_last"),
    [
        ("", True),
        ("ffff", True),
        ("fffff", False),
        ("ffff s f", True),
        ("fffff +9.9", False),
        ("fffff +10", True),
        ("fffff +10 ask", False),
        ("fffff +10 ask s", True),
        ("fffff +10 ask f", False),
        ("fffff +10 ask f +9.9", False),
        ("fffff +10 ask f +10", True),
        ("fffff +10 ask s ffff", True),
        ("fffff +10 ask s fffff", False),
        ("fffff +10 ask +10", True),
    ],
)
def test_the_circuit_opens_probes_and_closes_as_the_table_says(steps: str, may_ask_at_last: bool) -> None:
    clock = Clock()
    circuit = Circuit(clock, failures=5, pause=10.0)
    for step in steps.split():
        if step.startswith("+"):
            clock.now += float(step[1:])
        elif step == "ask":
            assert circuit.may_ask()
        else:
            for outcome in step:
                circuit.failed() if outcome == "f" else circuit.succeeded()
    assert circuit.may_ask() is may_ask_at_last


def test_a_closed_circuit_lets_everybody_ask_at_once() -> None:
    circuit = Circuit(Clock())
    assert all(circuit.may_ask() for _ in range(100))
