"""What a rule is called on an agent's screen. ``{n}`` is the measured value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalation.findings import Finding
from escalation.seen import Seen
from escalation.weights import WEIGHTS, weigh


@dataclass(frozen=True, slots=True)
class Words:
    """``label`` is a line, ``chip`` two or three words; ``form`` is how the value is written; ``one`` replaces both when the value is 1."""

    label: str
    chip: str
    form: str = ".0f"
    one: tuple[str, str] | None = None


WORDS: Mapping[str, Words] = {
    "asked_person": Words("Asked for a person", "asked for a person"),
    "asked_team": Words("Asked for a team or department", "named team"),
    "asked_call": Words("Asked for a call", "asked for a call"),
    "refused_bot": Words("Does not want to talk to a bot", "refuses the bot"),
    "bot_unavailable": Words("The bot could not be reached", "bot unavailable"),
    "same_answer": Words("The bot gave the same answer {n} times", "same answer x{n}"),
    "failed_in_row": Words(
        "{n} failed answers in a row", "{n} fallbacks", one=("The last answer failed", "1 fallback")
    ),
    "failed_among": Words("{n} of the last few answers failed", "{n} failed"),
    "failed_action": Words(
        "{n} look-ups or actions failed", "failed actions", one=("A look-up or action failed", "failed action")
    ),
    "said_again": Words("Has to say it again", "repeats"),
    "corrects": Words("Says that the answer is wrong", "corrects the bot"),
    "mood_low": Words("Mood low: {n}", "mood {n}", "+.2f"),
    "mood_falling": Words("Mood fell by {n}", "falling", "+.2f"),
    "mood_good": Words("Mood good: {n}", "pleased", "+.2f"),
    "fed_up": Words("Has had enough of this chat", "fed up"),
    "leaving": Words("Gives up or means to leave", "may leave"),
    "several_issues": Words("{n} issues at once", "{n} issues"),
    "long_message": Words("A long message: {n} words", "{n} words"),
    "many_parts": Words("A message of {n} parts", "many parts"),
    "many_details": Words("{n} numbers, dates or amounts", "{n} details"),
    "unsure": Words("The bot was unsure {n} times in a row", "unsure x{n}", one=("The bot was unsure", "bot unsure")),
    "two_readings": Words("Two readings lie close together", "two readings"),
    "self_harm": Words("May harm themselves", "self-harm"),
    "danger": Words("Somebody may be in danger", "safety"),
    "fraud": Words("Reports fraud or theft", "fraud"),
    "legal": Words("Legal step or regulator", "legal"),
    "privacy": Words("Personal data: breach or formal request", "privacy"),
    "bereavement": Words("A death in the family", "bereavement"),
    "health": Words("Health depends on it", "health"),
    "hardship": Words("In hardship or need of protection", "hardship"),
}


def finding(seen: Seen) -> Finding:
    """What was seen, weighed and worded."""
    weight, word = WEIGHTS[seen.rule], WORDS[seen.rule]
    label, chip = word.one if word.one and seen.value == 1 else (word.label, word.chip)
    number = format(seen.value, word.form).replace("-", "\N{MINUS SIGN}")
    return Finding(
        kind=weight.kind,
        rule=seen.rule,
        label=label.format(n=number),
        chip=chip.format(n=number),
        weight=weigh(seen),
        hard=weight.hard,
        evidence=seen.evidence,
        value=seen.value,
    )
