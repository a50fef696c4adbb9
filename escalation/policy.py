"""The policy: limits as data, and the decision that follows from a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from escalation.findings import Kind
from escalation.model import Score
from escalation.reasons import Reason, reasons
from escalation.transcript import Transcript

URGENT = frozenset({"self_harm", "danger", "fraud", "bereavement", "health", "hardship"})
FORMAL = frozenset({"legal", "privacy"})
VERY_UPSET = -0.5


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of one inbox; ``number`` is the version that every decision names.

    A score at or above ``theta_on`` on two of the last three turns, or one at or above ``theta_high``, raises the alarm; below ``theta_off`` it is
    cleared. From ``theta_off`` on, without an alarm, a person is offered, then not again for ``offer_cooldown`` turns. ``fallbacks_in_row`` failed
    answers, or ``fallbacks_window`` = (failures, turns), escalate whatever the score. ``teams`` are the names of the inbox's own teams.

    Raises:
        ValueError: the limits contradict each other; the message says which and why.
    """

    number: int
    theta_on: float = 0.65
    theta_off: float = 0.50
    theta_high: float = 0.85
    fallbacks_in_row: int = 2
    fallbacks_window: tuple[int, int] = (3, 5)
    teams: tuple[str, ...] = ()
    offer_cooldown: int = 3

    def __post_init__(self) -> None:
        for broken, why in self._faults():
            if broken:
                raise ValueError(why)

    def _faults(self) -> Iterator[tuple[bool, str]]:
        for name in ("theta_off", "theta_on", "theta_high"):
            yield not 0 < getattr(self, name) < 1, f"{name} must lie between 0 and 1, not at {getattr(self, name)}"
        yield (
            not self.theta_off <= self.theta_on <= self.theta_high,
            "theta_off must not exceed theta_on, nor theta_on theta_high",
        )
        yield self.number < 0, "number must not be negative"
        yield self.fallbacks_in_row < 1, "fallbacks_in_row must be at least 1"
        failures, turns = self.fallbacks_window
        yield not 1 <= failures <= turns, "fallbacks_window must be (failures, turns) with 1 <= failures <= turns"
        yield self.offer_cooldown < 0, "offer_cooldown must not be negative"
        yield not all(team.strip() for team in self.teams), "teams must not contain an empty name"

    def limit(self, rule: str) -> float | None:
        """The limit that this policy sets to a rule's value, if it sets one."""
        return {"failed_in_row": self.fallbacks_in_row, "failed_among": self.fallbacks_window[0]}.get(rule)


class Action(StrEnum):
    """What to do after a customer's line."""

    STAY = "stay"
    OFFER = "offer"
    ESCALATE = "escalate"


@dataclass(frozen=True, slots=True)
class Decision:
    """``priority`` is 1 (first) to 3; ``primary`` is the kind of the strongest reason, None when nothing speaks for a person."""

    action: Action
    reasons: tuple[Reason, ...]
    priority: int
    primary: Kind | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Where a run of scores leads: whether the alarm is raised, and whether a person is to be offered now."""

    raised: bool
    offers: bool


def decide(score: Score, transcript: Transcript, policy: Policy) -> Decision:
    """Decide in this order: hard reasons (requests, sensitive matters, repeated failure), then the alarm with hysteresis, then an offer.

    ``score`` must have gone through ``inbox.limited``, which makes the inbox's own limits and teams count.
    """
    found = reasons(score, policy.limit)
    alarm = after((*transcript.earlier, score.probability), policy)
    if alarm.raised or any(reason.hard for reason in found):
        action = Action.ESCALATE
    else:
        action = Action.OFFER if alarm.offers else Action.STAY
    primary = next((reason.kind for reason in found if reason.weight > 0), None)
    return Decision(action, found, priority(score, transcript), primary)


def after(probabilities: Sequence[float], policy: Policy) -> Alarm:
    """Replay the scores since the boundary, oldest first; the last one is the line that is judged."""
    raised = offers = False
    quiet = policy.offer_cooldown
    for end in range(1, len(probabilities) + 1):
        now, recent = probabilities[end - 1], probabilities[max(0, end - 3) : end]
        high = sum(value >= policy.theta_on for value in recent) >= 2 and now >= policy.theta_off
        raised = now >= policy.theta_high or high or (raised and now >= policy.theta_off)
        offers = not raised and now >= policy.theta_off and quiet >= policy.offer_cooldown
        quiet = 0 if offers else quiet + 1
    return Alarm(raised, offers)


def priority(score: Score, transcript: Transcript) -> int:
    """How soon a person is needed.

    1: somebody's safety, money or distress (self-harm, danger, fraud, bereavement, health, hardship).
    2: a legal or privacy matter; a request after a failed answer; a mood of -.5 or lower; a customer whom a person helped before.
    3: everything else.
    """
    rules = {found.rule for found in score.findings}
    if rules & URGENT:
        return 1
    kinds = {found.kind for found in score.findings}
    failed_and_asked = Kind.ASKED in kinds and (Kind.BOT_FAILURE in kinds or failed_before(transcript))
    if rules & FORMAL or failed_and_asked or score.sentiment <= VERY_UPSET or transcript.escalated_before:
        return 2
    return 3


def failed_before(transcript: Transcript) -> bool:
    """Whether the bot failed with any line since the boundary."""
    return any(
        view.fallback or view.failures or not view.available
        for seq, view in transcript.views.items()
        if seq > transcript.boundary
    )
