"""Reasons: the findings that counted, numbered, with their part of the score. Stored as JSON and shown unchanged everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from escalation.findings import Evidence, Finding, Kind
from escalation.model import Score, logit, sigmoid

ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding that counted.

    ``number`` counts from 1, the strongest first. ``threshold`` is the limit that the policy sets to ``value``, if it sets one. ``weight`` is
    in log-odds, ``share`` in probability: base + all shares = probability.
    """

    number: int
    kind: Kind
    rule: str
    label: str
    chip: str
    value: float | None
    threshold: float | None
    hard: bool
    weight: float
    share: float
    evidence: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values for storage; ``from_json`` gives the same reason back."""
        return {
            "number": self.number,
            "kind": self.kind.value,
            "rule": self.rule,
            "label": self.label,
            "chip": self.chip,
            "value": self.value,
            "threshold": self.threshold,
            "hard": self.hard,
            "weight": self.weight,
            "share": self.share,
            "evidence": [{"seq": one.seq, "start": one.start, "end": one.end} for one in self.evidence],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read a stored reason.

        Raises:
            ValueError: a field is missing, unknown or of the wrong type; the message names it.
        """
        fields = _read(stored, FIELDS, "reason")
        spans = tuple(Evidence(**_read(one, SPAN, "evidence")) for one in fields.pop("evidence"))
        kind = fields.pop("kind")
        if kind not in set(Kind):
            raise ValueError(f"reason: kind {kind!r} is none of {', '.join(Kind)}")
        return cls(kind=Kind(kind), evidence=spans, **fields)


def reasons(score: Score, threshold: Callable[[str], float | None]) -> tuple[Reason, ...]:
    """The findings as reasons: hard ones first, then the heavier, then in the order of the kinds and by rule.

    The share of the k-th is what it adds in that order: s(b + w1 + ... + wk) - s(b + w1 + ... + w(k-1)), with s the logistic function, b the
    log-odds of the base and w the weights. The sum telescopes to probability - base. Later reasons weigh less near 0 and 1, as there is less left.

    Args:
        threshold: the policy's limit for a rule's value, or None.
    """
    found = sorted(score.findings, key=lambda one: (not one.hard, -one.weight, ORDER[one.kind], one.rule))
    numbered = []
    level = logit(score.base)
    for number, one in enumerate(found, start=1):
        share = sigmoid(level + one.weight) - sigmoid(level)
        level += one.weight
        numbered.append(_reason(number, one, share, threshold(one.rule)))
    return tuple(numbered)


def _reason(number: int, found: Finding, share: float, threshold: float | None) -> Reason:
    return Reason(
        number=number,
        kind=found.kind,
        rule=found.rule,
        label=found.label,
        chip=found.chip,
        value=found.value,
        threshold=threshold,
        hard=found.hard,
        weight=found.weight,
        share=share,
        evidence=found.evidence,
    )


Check = Callable[[Any], bool]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _maybe(value: Any) -> bool:
    return value is None or _number(value)


FIELDS: Mapping[str, Check] = {
    "number": _whole,
    "kind": _text,
    "rule": _text,
    "label": _text,
    "chip": _text,
    "value": _maybe,
    "threshold": _maybe,
    "hard": lambda value: isinstance(value, bool),
    "weight": _number,
    "share": _number,
    "evidence": lambda value: isinstance(value, list),
}
SPAN: Mapping[str, Check] = {"seq": _whole, "start": _whole, "end": _whole}


def _read(stored: Any, fields: Mapping[str, Check], what: str) -> dict[str, Any]:
    if not isinstance(stored, Mapping):
        raise ValueError(f"{what}: an object is expected, not {type(stored).__name__}")
    for name in fields.keys() - stored.keys():
        raise ValueError(f"{what}: {name} is missing")
    for name in stored.keys() - fields.keys():
        raise ValueError(f"{what}: {name} is unknown")
    for name, check in fields.items():
        if not check(stored[name]):
            raise ValueError(f"{what}: {name} cannot be {stored[name]!r}")
    return dict(stored)
