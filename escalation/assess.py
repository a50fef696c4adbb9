"""The one call of the service: a transcript, a scorer and a policy give the assessment of the customer's last line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from escalation.inbox import limited
from escalation.model import Scorer
from escalation.policy import Decision, Policy, decide
from escalation.reasons import Reason
from escalation.transcript import Transcript

Mood = Literal["upset", "annoyed", "neutral", "pleased"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result for message ``seq``. ``base`` is the probability of a usual line; base + the shares of the reasons = probability."""

    seq: int
    probability: float
    base: float
    sentiment: float
    complexity: float
    mood: Mood
    decision: Decision
    scorer_version: str
    policy_number: int

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The decision's reasons, the strongest first."""
        return self.decision.reasons


def assess(transcript: Transcript, scorer: Scorer, policy: Policy) -> Assessment:
    """Score the last line, apply the inbox's limits, decide.

    Raises:
        ValueError: the transcript has no lines.
    """
    if not transcript.lines:
        raise ValueError("a transcript without lines cannot be assessed")
    score = limited(scorer.score(transcript), transcript, policy)
    return Assessment(
        seq=transcript.last.seq,
        probability=score.probability,
        base=score.base,
        sentiment=score.sentiment,
        complexity=score.complexity,
        mood=mood(score.sentiment),
        decision=decide(score, transcript, policy),
        scorer_version=scorer.version,
        policy_number=policy.number,
    )


def mood(sentiment: float) -> Mood:
    """A running mood in one word: upset to -.5, annoyed to -.2, pleased from .3."""
    if sentiment <= -0.5:
        return "upset"
    if sentiment <= -0.2:
        return "annoyed"
    return "pleased" if sentiment >= 0.3 else "neutral"
