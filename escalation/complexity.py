"""What makes a case too much for a bot: many issues at once, length, many details, a bot that is not sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from escalation.failure import asked_lines
from escalation.findings import Evidence
from escalation.requests import compiled
from escalation.seen import Seen, span, whole
from escalation.text import own_words, sentences, words
from escalation.transcript import BotView, Line, Transcript

LONG = 40
MANY_PARTS = 5
MANY_DETAILS = 4
MANY_QUESTIONS = 3
UNSURE = 0.6
MARGIN = 0.1
ISSUES = compiled(
    (
        r"\b(?:two|three|four|five|several|few|couple of|multiple|many|2|3|4|5) (?:\w+ )?(?:questions|issues|problems|things|requests|points|matters|queries)\b",
        r"\b(?:another thing|on top of (?:that|this|it)|in addition|besides that|as well as|separately|secondly|thirdly|and then there(?:'s| is))\b",
        r"(?:^|\s)(?:\(?[1-5]\)|[1-5]\.\s|first(?:ly)?[,:]|second[,:])",
    )
)
PARTS = re.compile(r"[,;:]\s|\.\s+\w|\b(?:and|but|while|because|although|whereas|which)\b")
DETAIL = re.compile(r"[£$€]\s?\d[\d,.]*|\b(?=[\w:.-]{0,40}\d)\w[\w:.-]{0,40}\w\b")


def match(transcript: Transcript) -> Iterator[Seen]:
    """What the judged line and the bot's trouble with the latest lines show."""
    line = transcript.last
    yield from text(line)
    asked = asked_lines(transcript)
    if asked and asked[-1] == line:
        yield from doubts(transcript.views[line.seq], line, asked, transcript)


def text(line: Line) -> Iterator[Seen]:
    """What the words alone show."""
    low = own_words(line.text)
    count = len(words(low))
    several = [span(line, hit) for pattern in ISSUES for hit in pattern.finditer(low)]
    asks = [Evidence(line.seq, start, end) for start, end in sentences(low) if low[end - 1] == "?"]
    if len(asks) >= MANY_QUESTIONS:
        several += asks[1:]
    if several:
        yield Seen("several_issues", 1 + len(several), tuple(several))
    if count >= LONG:
        yield Seen("long_message", count, whole([line]))
    parts = len(PARTS.findall(low))
    if parts >= MANY_PARTS and count >= LONG // 2:
        yield Seen("many_parts", parts + 1, whole([line]))
    details = tuple(span(line, hit) for hit in DETAIL.finditer(low))
    if len(details) >= MANY_DETAILS:
        yield Seen("many_details", len(details), details)


def doubts(view: BotView, line: Line, asked: Sequence[Line], transcript: Transcript) -> Iterator[Seen]:
    """How unsure the bot was: a run of low confidence, and two readings that lie close together."""
    run: list[Line] = []
    for one in reversed(asked):
        if not unsure(transcript.views[one.seq]):
            break
        run.insert(0, one)
    if run:
        yield Seen("unsure", len(run), whole(run))
    if len(view.ranking) >= 2 and not view.fallback:
        first, second = sorted((value for _, value in view.ranking), reverse=True)[:2]
        if first - second < MARGIN:
            yield Seen("two_readings", 1.0, whole([line]))


def unsure(view: BotView) -> bool:
    """Whether the bot answered without being sure. Fallbacks are failures and counted there."""
    return view.available and not view.fallback and 0 < view.confidence < UNSURE
