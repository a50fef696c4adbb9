"""How the bot fails: answers it did not have, actions that failed, the same answer twice, a customer who has to say it again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from escalation.findings import Evidence
from escalation.lexicon.trouble import AGAIN, CORRECTIONS, EMPTY
from escalation.requests import compiled
from escalation.seen import Seen, span, whole
from escalation.text import own_words, words
from escalation.transcript import BotView, Line, Transcript

LOOKED_BACK = 4
SHORTEST_ANSWER = 20
"""Shorter answers ("You are welcome.") may be given twice."""
SAME = 0.6
WINDOW = 5
AGAIN_PATTERNS = compiled(AGAIN)
CORRECTION_PATTERNS = compiled(CORRECTIONS)


def failed(view: BotView) -> bool:
    """Whether the bot had no answer of use: a fallback, a failed look-up or action, or no bot at all."""
    return view.fallback or bool(view.failures) or not view.available


def match(transcript: Transcript) -> Iterator[Seen]:
    """What the turns since the boundary show. Without the bot's view of the last line (a person holds) only the words count."""
    yield from said_again(transcript)
    yield from corrects(transcript)
    asked = asked_lines(transcript)
    if not asked or asked[-1] != transcript.last:
        return
    view = transcript.views[transcript.last.seq]
    if not view.available:
        yield Seen("bot_unavailable", evidence=whole(asked[-1:]))
        return
    row = failed_in_row(transcript)
    if row:
        yield Seen("failed_in_row", len(row), whole(row))
    several = failed_among(transcript, WINDOW)
    if len(several) > max(len(row), 1):
        yield Seen("failed_among", len(several), whole(several))
    if view.failures:
        yield Seen("failed_action", len(view.failures), whole(asked[-1:]))
    yield from same_answer(transcript, asked)


def asked_lines(transcript: Transcript) -> tuple[Line, ...]:
    """The customer's lines since the boundary that the bot was asked about."""
    return tuple(line for line in transcript.fresh() if line.author == "customer" and line.seq in transcript.views)


def failed_in_row(transcript: Transcript) -> tuple[Line, ...]:
    """The customer's latest lines without an answer of use, one after the other up to the last."""
    row: list[Line] = []
    for line in reversed(asked_lines(transcript)):
        if not failed(transcript.views[line.seq]):
            break
        row.insert(0, line)
    return tuple(row)


def failed_among(transcript: Transcript, turns: int) -> tuple[Line, ...]:
    """The lines without an answer of use among the last ``turns``; none when the last one was answered."""
    recent = asked_lines(transcript)[-turns:]
    lost = tuple(line for line in recent if failed(transcript.views[line.seq]))
    return lost if lost and lost[-1] == recent[-1] else ()


def same_answer(transcript: Transcript, asked: Sequence[Line]) -> Iterator[Seen]:
    """The bot gives an answer that it gave in one of the four turns before. A person would not."""
    view = transcript.views[asked[-1].seq]
    if failed(view):
        return
    twins = [line for line in asked[-1 - LOOKED_BACK : -1] if same_reply(view, transcript.views[line.seq])]
    if twins:
        yield Seen("same_answer", len(twins) + 1, (*whole([*twins, asked[-1]]), *_bubbles(transcript, twins)))


def said_again(transcript: Transcript) -> Iterator[Seen]:
    """The customer says so ("as I said"), or asks for the same in much the same words as in one of four lines before."""
    customer = [line for line in transcript.fresh() if line.author == "customer"]
    if not customer or customer[-1] != transcript.last:
        return
    low = own_words(customer[-1].text)
    said = tuple(span(customer[-1], hit) for pattern in AGAIN_PATTERNS for hit in pattern.finditer(low))
    alike = [line for line in customer[-1 - LOOKED_BACK : -1] if _alike(line.text, customer[-1].text)]
    if said or alike:
        yield Seen("said_again", max(1, len(alike)), said or whole([*alike, customer[-1]]))


def corrects(transcript: Transcript) -> Iterator[Seen]:
    """The customer says that the bot's statement is wrong. "No" to a question is an answer and no correction."""
    before = transcript.fresh()[:-1]
    if not before or before[-1].author != "bot":
        return
    low = own_words(transcript.last.text)
    patterns = CORRECTION_PATTERNS[1:] if before[-1].text.rstrip().endswith("?") else CORRECTION_PATTERNS
    found = tuple(span(transcript.last, hit) for pattern in patterns for hit in pattern.finditer(low))
    if found:
        yield Seen("corrects", evidence=found)


def same_reply(one: BotView, other: BotView) -> bool:
    """Whether two turns were answered in the same words; short ones do not count."""
    answer = _answer(one)
    return len(answer) >= SHORTEST_ANSWER and answer == _answer(other)


def _alike(one: str, other: str) -> bool:
    first, second = matter(one), matter(other)
    if min(len(first), len(second)) < 2:
        return False
    return len(first & second) / len(first | second) >= SAME


@lru_cache(maxsize=4096)
def matter(text: str) -> frozenset[str]:
    """The words that say what a text is about, without plural endings."""
    return frozenset(word.rstrip("s") for word in words(text[:1000])) - EMPTY


def _answer(view: BotView) -> str:
    return re.sub(r"\s+", " ", " ".join(view.replies)).strip().lower()


def _bubbles(transcript: Transcript, turns: Sequence[Line]) -> tuple[Evidence, ...]:
    """The bot's own lines that gave the answer first."""
    given = {reply for line in turns for reply in transcript.views[line.seq].replies}
    return whole(line for line in transcript.fresh() if line.author == "bot" and line.text in given)
