"""Choosing a customer's own sentences: what they are about, and how much they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from escalation.failure import matter
from escalation.requests import request
from escalation.sentiment import phrases
from escalation.text import plain, sentences
from escalation.transcript import Line

LONGEST = 240
MOST_WORDS = 12
ISSUE = re.compile(
    r"\?|\b(?:i (?:want|need|would like|have|had|got|was|am|can't|cannot|didn't)|i'd like|i'm trying|my|how|where|when|why|which|not|never|n't|hasn't|isn't|won't"
    r"|wrong|missing|broken|damaged|late|refund|return|exchange|cancel|change|order|delivery|charged?|instead)\b"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of message ``seq``, word for word. ``worth`` orders sentences; ``aside`` is talk about the chat, not the matter."""

    seq: int
    text: str
    about: frozenset[str]
    worth: float
    aside: bool

    def like(self, other: Sentence) -> bool:
        """Whether both say much the same."""
        both = self.about | other.about
        return bool(both) and len(self.about & other.about) / len(both) >= 0.5


def customer_sentences(lines: Collection[Line], facts: Collection[str]) -> Iterator[Sentence]:
    """Every sentence of the customer's that is about something. ``facts`` are values known to matter (slots)."""
    known = [plain(fact) for fact in facts if len(fact) > 1]
    number = 0
    for line in lines:
        if line.author != "customer":
            continue
        for start, end in sentences(line.text):
            text = line.text[start:end]
            about = matter(text)
            if about:
                yield Sentence(line.seq, text, about, _worth(text, about, known, number), _aside(line.seq, text))
                number += 1


def shortened(text: str) -> str:
    """At most 240 characters, cut between words, with an ellipsis where something is left out."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _worth(text: str, about: frozenset[str], known: list[str], number: int) -> float:
    # Calibration: a word of matter counts 1; a sign of an issue or a known fact as much as two or three of them; the first
    # sentences, where people say why they came, up to 2 more.
    low = plain(text)
    worth = float(min(len(about), MOST_WORDS))
    worth += 3 if ISSUE.search(low) else 0
    worth += 2 if any(fact in low for fact in known) else 0
    return worth + max(0.0, 2 - number / 2)


def _aside(seq: int, text: str) -> bool:
    line = Line(seq, "customer", text)
    return request(line) is not None or any(True for _ in phrases(line))
