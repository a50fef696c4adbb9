"""How long to wait before a process that died is started again."""

STEADY_S = 60.0
LONGEST_S = 30.0


def failures_after(failures: int, lived_s: float) -> int:
    """Return how many times in a row it has died by now: a life of a minute forgives what was before."""
    return 1 if lived_s >= STEADY_S else failures + 1


def wait_s(failures: int) -> float:
    """Return the seconds to wait after so many deaths in a row: 1, 2, 4, 8, 16, 30, 30, ..."""
    return float(min(LONGEST_S, 2 ** (min(failures, 10) - 1)))
