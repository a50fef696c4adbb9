"""Sensitive matters that belong with a person whatever the bot knows: safety, fraud, law, privacy, people in need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from escalation.lexicon.matters import LOOKALIKES, MATTERS
from escalation.requests import compiled
from escalation.seen import Seen, span
from escalation.text import own_words
from escalation.transcript import Line

PATTERNS = tuple((rule, compiled(patterns)) for rule, patterns in MATTERS.items())
LOOKALIKE = re.compile("|".join(f"(?:{pattern})" for pattern in LOOKALIKES))


def match(line: Line) -> Iterator[Seen]:
    """Each matter that one customer line raises, once, with all the words for it."""
    low = LOOKALIKE.sub(lambda found: " " * len(found.group()), own_words(line.text))
    for rule, patterns in PATTERNS:
        found = tuple(span(line, hit) for pattern in patterns for hit in pattern.finditer(low))
        if found:
            yield Seen(rule, evidence=found)
