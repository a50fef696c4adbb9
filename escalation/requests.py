"""Requests for a person or for a named team: "agent pls", "someone from billing", but not "table for 4 people".

A pattern proposes, what stands before it in the same clause may take it back (negation, "am I talking to ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from escalation.lexicon.abroad import ABROAD
from escalation.lexicon.people import (
    ASIDE,
    BOT,
    CLAUSE,
    DEPARTMENT,
    DET,
    FETCH,
    FILLER,
    GROUP,
    LIKE,
    NEGATED,
    PASS,
    PERSON,
    REACH,
    SOMEONE,
    TALK,
    WANT,
)
from escalation.seen import Seen, span
from escalation.text import own_words
from escalation.transcript import Line

PLEASE = r"(?:please|pls+|plz+|plse)\b"
FILL = rf"(?:(?:{FILLER})[ ,.!-]+)*"
START = rf"^[\"' ]*{FILL}"
END = rf"(?:[ ,.!\"'-]+(?:{FILLER}))*[ .!\"']*$"

TEAM: tuple[str, ...] = (
    rf"\b(?:{TALK}|{PASS}|{REACH}) {DET}(?:{SOMEONE}|{PERSON}|people) (?:from|in|at|of) (?:the |your )?(?:{DEPARTMENT}\b(?: {GROUP})?|\w+(?: \w+)? {GROUP})",
    rf"\b(?:{TALK}|{PASS}|{REACH}) (?:the |your |ur )?(?:{DEPARTMENT} {GROUP}|\w+ (?:team|department|dept|desk)\b)",
    rf"\b(?:{TALK}|{PASS}) (?:the |your |ur )?{DEPARTMENT}\b(?! (?:about|of|in)\b)|\b{REACH} (?:the |your )?(?:customer |tech )?support\b",
    rf"\b(?:{TALK}|{PASS}) (?:my|our|your|the|an?) account manager|\bwho(?:'s| is) (?:my|our) account manager",
    rf"^{FILL}\w+(?: \w+)? (?:team|department|dept)[ ,]+{PLEASE}",
)
PEOPLE: tuple[str, ...] = (
    rf"\b{TALK} {DET}{LIKE}(?:{PERSON}|(?:real |actual )people|{SOMEONE}(?: else)?)",
    rf"\b{PASS} {DET}{LIKE}(?:{PERSON}|{SOMEONE}(?: else)?)",
    rf"\b(?:chat|word|conversation|call|appointment) with {DET}{LIKE}{PERSON}",
    rf"\b{FETCH} {DET}{LIKE}{PERSON}(?! (?:name|number|id|code|discount))",
    rf"\b(?:get|give|send|find) (?:me |us )(?:to )?{SOMEONE}|\bgimm?i?e {SOMEONE}|\bget {SOMEONE} (?:else )?(?:to|on|who)\b",
    rf"\b{WANT} {DET}{LIKE}{PERSON}(?! (?:name|number|id|code|discount|account|role|seat|licen[cs]e|plan|login))",
    rf"\b{REACH} {DET}{LIKE}{PERSON}",
    r"\bwho (?:can|do|could|should) (?:i|we) (?:talk|speak|complain) (?:to|with)\b",
    rf"\bis there (?:{SOMEONE}|an? {LIKE}{PERSON}) (?:else |there |here |available |around )*(?:i can|we can|that can|who can|to|available|around)\b",
    rf"\b(?:can|could|would|will|have|need)(?: \w+)? {SOMEONE} (?:else |there |from \w+ )*(?:please )?"
    r"(?:to )?(?:contact|get back to|get in touch|reach out|look (?:at|into)|take a look|take over|review|sort)",
    rf"\bis there an? {LIKE}{PERSON} (?:there|here)\b|\b(?:can|could|may) (?:i|we) (?:please )?(?:have|get) {DET}{LIKE}{PERSON}(?! (?:name|number|id|code|discount))",
    rf"\b(?:can|could) an? {LIKE}{PERSON} (?:please )?(?:help|look|check|call|take|handle|assist|contact)",
    rf"\b(?:complain|complaint|go) to {DET}{LIKE}(?:manager|supervisor)|\bescalate (?:this|it|my \w+)\b",
    rf"\b{SOMEONE} else (?:please )?(?:help|handle|deal|assist|take)",
    r"(?:^|[.!?] *)(?:please |can you |could you )?(?:connect|transfer|put) (?:me|us)(?: through| over)?(?: please| now)?[.!? ]*$",
    rf"{START}(?:{PERSON}|{SOMEONE}(?: else)?){END}",
    rf"(?:^|[.!?,;] *){LIKE}(?:agents?|agnts?|representatives?|operators?|human|customer service)[ ,]+(?:{PLEASE}|now\b)",
    r"^(?:live agent|agent|representative|operator|customer service|live 1|live one) ?\?+$",
    *(rf"\b(?:{pattern})" for pattern in ABROAD),
)
CALL: tuple[str, ...] = (
    r"\bgive (?:me|us) a (?:call|ring|bell|buzz)\b(?! sign)",
    rf"\b(?:{SOMEONE}|can (?:you|u)|could (?:you|u)|{PLEASE}|have (?:your|an?|the)|one of)(?: \w+){{0,4}} (?:call|ring|phone) (?:me|us)(?= *(?:$|[.,!?]|(?:back|on|at|in|up|later|today|tomorrow|tonight|now|asap|please|pls|this|when|about|to|regarding|for|between|before|after)\b))",
    r"\b(?:request|want|need|like|arrange|schedule|book|get)(?: \w+){0,2} call[ -]?back\b",
)
# These carry their own negation.
NOT_A_BOT: tuple[str, ...] = (
    rf"\b(?:don'?t|do not|dnt|not|stop|hate|rather not|sick of|tired of|fed up with|no more|why am i(?: even)?)(?! mind)(?: \w+){{0,4}}?"
    rf" ?\b(?:talk|speak|chat|deal|wast\w+|argu\w*|shar|comfortable)\w*(?: \w+){{0,5}}? (?:to|with) (?:an? |this |your |these |some |stupid )*{BOT}",
    rf"\b(?:don'?t|do not) want(?: to)? (?:talk|speak|chat) (?:to|with) (?:you|an? {BOT})(?! about)",
    rf"\bno (?:more )?{BOT}(?= ?(?:please|pls|[.!]|$))",
)

NEGATION = re.compile(NEGATED)
BESIDE = re.compile(ASIDE)
BREAK = re.compile(CLAUSE)


def compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns as the matchers use them."""
    return tuple(re.compile(pattern) for pattern in patterns)


# What is asked for, the more precise first.
ASKED = (
    ("asked_team", compiled(TEAM), True),
    ("asked_person", compiled(PEOPLE), True),
    ("asked_call", compiled(CALL), True),
    ("refused_bot", compiled(NOT_A_BOT), False),
)


def request(line: Line) -> Seen | None:
    """The request in one customer line, or None. A line asks once, however often it says so."""
    low = own_words(line.text)
    for rule, patterns, may_be_denied in ASKED:
        for match in _matches(patterns, low):
            if not (may_be_denied and denied(low, match.start())):
                return Seen(rule, evidence=(span(line, match),))
    return None


def named_team(line: Line, teams: tuple[str, ...]) -> Seen | None:
    """A request for one of an inbox's own teams: by name with a verb ("put me through to the spa"), or the bare name ("spa please")."""
    low = own_words(line.text)
    for match in _matches(team_patterns(teams), low):
        if not denied(low, match.start()):
            return Seen("asked_team", evidence=(span(line, match),))
    return None


@lru_cache(maxsize=256)
def team_patterns(teams: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The ways of asking for these teams; none for no teams."""
    if not teams:
        return ()
    name = "(?:" + "|".join(re.escape(team.lower()) for team in teams) + r")\b"
    return compiled(
        (
            rf"\b(?:{TALK}|{PASS}|{FETCH}|{WANT}|{REACH}) (?:the |your |ur )?{name}(?: {GROUP})?",
            rf"\b(?:{SOMEONE}|{PERSON}|people) (?:from|in|at|of) (?:the |your )?{name}",
            rf"{START}{name}(?: {GROUP})?{END}",
        )
    )


def denied(low: str, start: int) -> bool:
    """Whether the words before a match, in the same clause, take it back."""
    before = low[max(0, start - 80) : start]
    clause = before
    for found in BREAK.finditer(before):
        clause = before[found.end() :]
    return bool(NEGATION.search(clause) or BESIDE.search(before))


def _matches(patterns: tuple[re.Pattern[str], ...], low: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(low)
