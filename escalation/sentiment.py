"""Mood: VADER line by line, a running mood since the boundary, and the words that drove it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText

from escalation.findings import Evidence
from escalation.lexicon.mood import ADDED, FED_UP, LEAVING, POLITE_NO, TOPICS
from escalation.requests import compiled
from escalation.seen import Seen, span
from escalation.text import QUOTED, STRAIGHT, own_words
from escalation.transcript import Line

REMEMBERED = 6
FRESH = 0.5
MOST_CHARACTERS = 1500
MOST_EMOJIS = 20
LOW, FALL, GOOD = -0.2, -0.5, 0.3
MOST_WORDS = 6
BITE = 0.4
"""The smallest valence (VADER's scale, -4 to 4) of a word that is shown as evidence."""
TOKEN = re.compile(r"\S+")
UNFELT = re.compile(rf"{QUOTED.pattern}|{POLITE_NO}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rated:
    """One text: VADER's compound, -1 to 1, and the words with their valence after negation and boosters."""

    compound: float
    words: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Mood:
    """``running`` is -1 to 1; ``fall`` is how far the last line lies below the mood before it (negative = worse)."""

    running: float
    fall: float


def mood(lines: Sequence[Line]) -> Mood:
    """The running mood over the customer's last six lines: each line counts half, the mood before it the other half."""
    running = before = latest = 0.0
    for number, line in enumerate(lines[-REMEMBERED:]):
        before, latest = running, rate(line.text).compound
        running = latest if number == 0 else FRESH * latest + (1 - FRESH) * before
    return Mood(running, latest - before if len(lines) > 1 else 0.0)


def match(lines: Sequence[Line]) -> Iterator[Seen]:
    """What the customer's lines since the boundary show, the last one being judged."""
    if not lines:
        return
    felt = mood(lines)
    if felt.running <= LOW:
        yield Seen("mood_low", felt.running, _words(lines, -1))
    elif felt.running >= GOOD:
        yield Seen("mood_good", felt.running, _words(lines, 1))
    if felt.fall <= FALL and rate(lines[-1].text).compound <= LOW:
        yield Seen("mood_falling", felt.fall, _words(lines[-1:], -1))
    yield from phrases(lines[-1])


def phrases(line: Line) -> Iterator[Seen]:
    """Set phrases of somebody who has had enough, or leaves."""
    low = own_words(line.text)
    for rule, patterns in (("fed_up", FED_UP_PATTERNS), ("leaving", LEAVING_PATTERNS)):
        found = tuple(span(line, hit) for pattern in patterns for hit in pattern.finditer(low))
        if found:
            yield Seen(rule, evidence=found)


FED_UP_PATTERNS = compiled(FED_UP)
LEAVING_PATTERNS = compiled(LEAVING)


@lru_cache(maxsize=4096)
def rate(text: str) -> Rated:
    """Rate one text, quotations left out. Of very long ones the end counts, where the point is. Remembered, as it is pure."""
    offset = max(0, len(text) - MOST_CHARACTERS)
    bare = UNFELT.sub(lambda found: " " * len(found.group()), text.translate(STRAIGHT))[offset:]
    bare = _few_emojis(bare)
    if not bare.strip():
        return Rated(0.0, ())
    compound: float = _vader().polarity_scores(bare)["compound"]
    return Rated(compound, tuple((start + offset, end + offset, value) for start, end, value in _valences(bare)))


@cache
def _vader() -> SentimentIntensityAnalyzer:
    """VADER with the words of this trade. Built once and never changed."""
    vader = SentimentIntensityAnalyzer()
    kept = {word: value for word, value in vader.lexicon.items() if word not in TOPICS}
    vader.lexicon = {**kept, **ADDED}
    return vader


def _few_emojis(text: str) -> str:
    # VADER spells emojis out and its time grows with the square of the words: a screenful of them would hold up everybody else.
    drawn = [place for place, sign in enumerate(text) if sign in _vader().emojis]
    surplus = set(drawn[MOST_EMOJIS:])
    return "".join(" " if place in surplus else sign for place, sign in enumerate(text)) if surplus else text


def _valences(text: str) -> Iterator[tuple[int, int, float]]:
    vader, read = _vader(), SentiText(text)
    values: list[float] = []
    for number, word in enumerate(read.words_and_emoticons):
        values = vader.sentiment_valence(0, read, word, number, values)
    # VADER keeps one entry for each stretch of non-blanks, so that they line up.
    for token, value in zip(TOKEN.finditer(text), values, strict=False):
        drawn = [vader.emojis[sign] for sign in token.group() if sign in vader.emojis]
        felt = value or (vader.polarity_scores(" ".join(drawn))["compound"] * 4 if drawn else 0.0)
        if abs(felt) >= BITE:
            yield token.start(), token.end(), felt


def _words(lines: Sequence[Line], sign: int) -> tuple[Evidence, ...]:
    found = [
        (abs(value), Evidence(line.seq, *trimmed(line.text, start, end)))
        for line in lines[-REMEMBERED:]
        for start, end, value in rate(line.text).words
        if value * sign > 0
    ]
    strongest = sorted(found, key=lambda pair: -pair[0])[:MOST_WORDS]
    return tuple(sorted((evidence for _, evidence in strongest), key=lambda one: (one.seq, one.start)))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A token without the punctuation around it; a token of punctuation alone (an emoticon) stays whole."""
    core = re.search(r"\w.*\w|\w", text[start:end])
    return (start + core.start(), start + core.end()) if core else (start, end)
