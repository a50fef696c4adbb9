"""A bot without a model: it knows some questions and gives the answer of the one that is most like the customer's."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bots.reply import Answer, Ask, Reply, Silence, Understanding, Utterance
from bots.sizes import fault

THRESHOLD = 0.45
"""Likeness from which on a question is taken for a known one. Measured by ``python -m tests.bot.threshold``."""
MOST_RANKED = 10
Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer and several ways to ask for it. ``name`` is the intent that is reported; ``questions`` is never empty."""

    name: str
    answer: str
    questions: Sequence[str]


class FaqBot:
    """Answers from ``entries``. Keeps nothing between two questions; safe to share between threads."""

    def __init__(self, entries: Iterable[Entry], threshold: float = THRESHOLD, model: str = "faq") -> None:
        """Learn the entries. ``ValueError`` names the first that has no question, or an answer that cannot be shown."""
        self._entries = {entry.name: entry for entry in entries}
        self._threshold = threshold
        self._model = model
        for entry in self._entries.values():
            wrong = fault(self._reply(Understanding(entry.name, 1.0), entry)) or (not entry.questions and "no question")
            if wrong:
                raise ValueError(f"{entry.name}: {wrong}")
        texts = [(entry.name, terms(question)) for entry in self._entries.values() for question in entry.questions]
        self._rarity = rarity([found for _, found in texts])
        self._unheard = math.log(len(texts) + 1) + 1 if texts else 1.0
        self._questions = [(name, self._vector(found)) for name, found in texts]

    def answer(self, ask: Ask) -> Answer:
        """Answer the text of the message. A pressed button counts as its title: this bot offers none."""
        ranking = self.rank(ask.text)
        name, likeness = ranking[0] if ranking else (None, 0.0)
        if name is None or likeness < self._threshold:
            return Silence(Understanding(None, likeness, ranking[:MOST_RANKED], fallback=True), model=self._model)
        return self._reply(Understanding(name, likeness, ranking[:MOST_RANKED]), self._entries[name])

    def rank(self, text: str) -> tuple[tuple[str, float], ...]:
        """Return the names of the entries with the likeness of their nearest question, 0 to 1, the nearest first."""
        asked = self._vector(terms(text))
        best: dict[str, float] = {}
        for name, question in self._questions:
            best[name] = max(best.get(name, 0.0), likeness(asked, question))
        return tuple(sorted(((name, round(value, 4)) for name, value in best.items()), key=lambda pair: -pair[1]))

    def _reply(self, understood: Understanding, entry: Entry) -> Reply:
        return Reply((Utterance(entry.answer),), understood, model=self._model)

    def _vector(self, found: Counter[str]) -> Vector:
        # A term of no known question weighs most: what it asks for is not among them.
        weighed = {term: (1 + math.log(count)) * self._rarity.get(term, self._unheard) for term, count in found.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {term: weight / length for term, weight in weighed.items()}


def terms(text: str) -> Counter[str]:
    """Return the words of the text without the plural's "s", and the first four letters of longer ones ("deli-")."""
    words = [word.removesuffix("s") if len(word) > 3 else word for word in re.findall(r"\w+", text.casefold())]
    return Counter([*words, *(f"{word[:4]}-" for word in words if len(word) > 4)])


def rarity(texts: Sequence[Counter[str]]) -> dict[str, float]:
    """Return the inverse document frequency of each term: log((1 + n) / (1 + df)) + 1."""
    within = Counter(term for found in texts for term in found)
    return {term: math.log((1 + len(texts)) / (1 + count)) + 1 for term, count in within.items()}


def likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    return min(1.0, sum(weight * other[term] for term, weight in one.items() if term in other))
