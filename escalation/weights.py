"""What each rule weighs, in log-odds.

Set by hand, not learnt: a usual customer line needs a person about once in nine times (``BASE``); one clear request, sensitive matter or
second failure in a row lifts that above .65, where a policy usually begins to act; one sign of mood or complexity alone does not,
two or three together do. To read a weight: +0.7 doubles the odds, +2.1 takes a usual line to .50, +3.5 to .80.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from escalation.findings import Kind
from escalation.seen import Seen

BASE = log(0.11 / 0.89)


@dataclass(frozen=True, slots=True)
class Weight:
    """``each`` x value, never further from zero than ``most``. ``hard``: a person is needed whatever the rest says."""

    kind: Kind
    each: float
    most: float
    hard: bool = False


def _sure(kind: Kind, weight: float) -> Weight:
    return Weight(kind, weight, weight, hard=True)


WEIGHTS: Mapping[str, Weight] = {
    # Somebody who asks for a person means it.
    "asked_person": _sure(Kind.ASKED, 3.5),
    "asked_team": _sure(Kind.ASKED, 3.5),
    "asked_call": _sure(Kind.ASKED, 3.3),
    "refused_bot": _sure(Kind.ASKED, 3.0),
    # One failure is common and often mended by the next line; two are not. The limits are the policy's.
    "bot_unavailable": _sure(Kind.BOT_FAILURE, 3.5),
    "same_answer": _sure(Kind.BOT_FAILURE, 2.8),
    "failed_in_row": Weight(Kind.BOT_FAILURE, 1.4, 4.2),
    "failed_among": Weight(Kind.BOT_FAILURE, 0.9, 3.6),
    "failed_action": Weight(Kind.BOT_FAILURE, 0.6, 1.2),
    "said_again": Weight(Kind.BOT_FAILURE, 1.1, 2.2),
    "corrects": Weight(Kind.BOT_FAILURE, 0.9, 0.9),
    # The mood is -1 to 1: at -.75 it adds 1.65. Thanks and joy take away, less than anger adds: polite people are stuck too.
    "mood_low": Weight(Kind.SENTIMENT, -2.2, 2.2),
    "mood_falling": Weight(Kind.SENTIMENT, -0.6, 1.0),
    "mood_good": Weight(Kind.SENTIMENT, -1.2, 1.2),
    "fed_up": Weight(Kind.SENTIMENT, 1.8, 1.8),
    # Who leaves writes no second line to be judged by: enough to act at once.
    "leaving": Weight(Kind.SENTIMENT, 3.9, 3.9),
    # Forty words add 1.2; two issues .9; an unsure reading .5. A long, many-sided message that the bot is unsure of reaches .65.
    "several_issues": Weight(Kind.COMPLEXITY, 0.45, 1.8),
    "long_message": Weight(Kind.COMPLEXITY, 0.03, 2.1),
    "many_parts": Weight(Kind.COMPLEXITY, 0.12, 1.4),
    "many_details": Weight(Kind.COMPLEXITY, 0.1, 0.8),
    "unsure": Weight(Kind.COMPLEXITY, 0.5, 1.5),
    "two_readings": Weight(Kind.COMPLEXITY, 0.4, 0.4),
    # Rare, and dear when missed.
    "self_harm": _sure(Kind.SENSITIVE, 5.0),
    "danger": _sure(Kind.SENSITIVE, 4.5),
    "fraud": _sure(Kind.SENSITIVE, 3.8),
    "legal": _sure(Kind.SENSITIVE, 3.3),
    "privacy": _sure(Kind.SENSITIVE, 3.3),
    "bereavement": _sure(Kind.SENSITIVE, 3.5),
    "health": _sure(Kind.SENSITIVE, 3.5),
    "hardship": _sure(Kind.SENSITIVE, 3.3),
}


def weigh(seen: Seen) -> float:
    """The log-odds that what was seen adds."""
    weight = WEIGHTS[seen.rule]
    return max(-weight.most, min(weight.most, weight.each * seen.value))
