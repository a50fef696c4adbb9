"""What a matcher saw, before anybody weighs or words it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from escalation.findings import Evidence
from escalation.transcript import Line


@dataclass(frozen=True, slots=True)
class Seen:
    """``rule`` is a key of ``weights.WEIGHTS``; ``value`` is how much of it there is (1 = it is simply there)."""

    rule: str
    value: float = 1.0
    evidence: tuple[Evidence, ...] = ()


def span(line: Line, match: re.Match[str]) -> Evidence:
    """The words that a pattern found in a line, white space at the ends left out."""
    found = match.group()
    return Evidence(
        line.seq, match.start() + len(found) - len(found.lstrip()), match.end() - len(found) + len(found.rstrip())
    )


def whole(lines: Iterable[Line]) -> tuple[Evidence, ...]:
    """All of these lines; empty ones are no evidence."""
    return tuple(Evidence(line.seq, 0, len(line.text)) for line in lines if line.text.strip())
