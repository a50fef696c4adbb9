"""Findings: what a scorer saw, what it weighs, and the words that it saw it in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The fixed order in which reasons are shown everywhere."""

    ASKED = "asked"
    BOT_FAILURE = "bot_failure"
    SENTIMENT = "sentiment"
    COMPLEXITY = "complexity"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters ``start`` to ``end`` of message ``seq``."""

    seq: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen.

    ``rule`` is a stable id (``asked_person``), ``label`` the words for an agent ("Asked for a person"), ``chip`` two or three words for a
    list, ``weight`` what it adds to the score in log-odds, ``hard`` whether it escalates alone, ``value`` the measured quantity when there is
    one (failed answers in a row, the mood) that a policy may set a limit to.
    """

    kind: Kind
    rule: str
    label: str
    chip: str
    weight: float
    hard: bool = False
    evidence: tuple[Evidence, ...] = ()
    value: float | None = None
