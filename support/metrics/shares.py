"""Rates: one figure as a share of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

FEW = 30
Z = 1.959964  # 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Rate:
    """``part`` and ``whole`` are keys of figures."""

    key: str
    name: str
    part: str
    whole: str


RATES: tuple[Rate, ...] = (
    Rate("containment", "Containment", "contained", "closed"),
    Rate("false_containment", "False containment", "false_contained", "contained"),
    Rate("escalation", "Escalation rate", "escalated", "started"),
    Rate("reached_rate", "Reached a person", "reached", "started"),
    Rate("failed_rate", "Failed escalations", "failed", "started"),
    Rate("service_level", "Service level", "in_time", "offered"),
    Rate("service_level_accepted", "Service level of accepted", "in_time", "accepted"),
    Rate("abandonment", "Abandoned", "abandoned", "offered"),
    Rate("expiry", "Expired", "expired", "offered"),
    Rate("csat", "CSAT", "satisfied", "rated"),
    Rate("csat_bot", "CSAT, bot only", "satisfied_bot", "rated_bot"),
    Rate("csat_person", "CSAT, with a person", "satisfied_person", "rated_person"),
    Rate("response", "Response rate", "rated", "closed"),
    Rate("response_bot", "Response rate, bot only", "rated_bot", "closed_bot"),
    Rate("response_person", "Response rate, with a person", "rated_person", "closed_person"),
    Rate("first_contact_resolution", "First-contact resolution", "first_contact", "closed_person"),
    Rate("hand_back", "Handed back", "handed_back", "handled"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """``n`` is the whole. Without any there is no share, and nothing is made up."""

    part: int
    n: int

    @property
    def value(self) -> float | None:
        """0 to 1, or None when the whole is empty."""
        return self.part / self.n if self.n else None

    @property
    def few(self) -> bool:
        """Whether there are too few to read much into it."""
        return self.n < FEW

    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % score interval (E. B. Wilson, 1927); it stays within 0 and 1 for any n."""
        if not self.n:
            return None
        p, z2 = self.part / self.n, Z * Z
        middle = (p + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = Z * sqrt(p * (1 - p) / self.n + z2 / (4 * self.n * self.n)) / (1 + z2 / self.n)
        return max(0.0, middle - half), min(1.0, middle + half)


def shares(counts: Mapping[str, int]) -> dict[str, Share]:
    """Every rate from the counts of all figures."""
    return {rate.key: Share(counts[rate.part], counts[rate.whole]) for rate in RATES}
