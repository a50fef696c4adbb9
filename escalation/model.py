"""The score: how likely it is that a person is needed, as a sum of findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from typing import Protocol, Self

from escalation import complexity, failure, requests, sensitive, sentiment
from escalation.findings import Finding, Kind
from escalation.seen import Seen
from escalation.transcript import Transcript
from escalation.weights import BASE
from escalation.wording import finding


def sigmoid(log_odds: float) -> float:
    """Log-odds to probability."""
    return 1 / (1 + exp(-log_odds))


def logit(probability: float) -> float:
    """Probability, above 0 and below 1, to log-odds."""
    return log(probability / (1 - probability))


@dataclass(frozen=True, slots=True)
class Score:
    """How likely it is that a person is needed.

    The law of every scorer: ``logit(probability) = logit(base) + sum of the findings' weights``. ``base`` is the probability of a usual
    line, ``sentiment`` the running mood (-1 to 1), ``complexity`` 0 to 1.
    """

    probability: float
    base: float
    findings: tuple[Finding, ...] = ()
    sentiment: float = 0.0
    complexity: float = 0.0

    @classmethod
    def of(cls, base_log_odds: float, findings: tuple[Finding, ...], sentiment: float) -> Self:
        """Add up findings. ``complexity`` is 1 - exp(-w / 2) for the complexity weights w: 0 for none, .63 for 2, never above 1."""
        hard_going = sum(found.weight for found in findings if found.kind == Kind.COMPLEXITY)
        return cls(
            probability=sigmoid(base_log_odds + sum(found.weight for found in findings)),
            base=sigmoid(base_log_odds),
            findings=findings,
            sentiment=sentiment,
            complexity=1 - exp(-max(0.0, hard_going) / 2),
        )

    def joined_by(self, findings: tuple[Finding, ...]) -> Score:
        """The same score with more findings."""
        return Score.of(logit(self.base), (*self.findings, *findings), self.sentiment)


class Scorer(Protocol):
    """Anything that scores a transcript. Pure: the same transcript gives the same score."""

    @property
    def version(self) -> str:
        """Stored with every assessment."""
        ...

    def score(self, transcript: Transcript) -> Score:
        """Score the last line, in the light of what came after the boundary."""
        ...


class RuleScorer:
    """Rules and lexicons with weights set by hand; nothing is learnt and nothing is remembered between calls."""

    version = "rules-1"

    def score(self, transcript: Transcript) -> Score:
        """Score the last line. A last line that is not the customer's, or not after the boundary, has no findings."""
        lines = tuple(line for line in transcript.fresh() if line.author == "customer")
        if not lines or lines[-1] != transcript.last:
            return Score.of(BASE, (), 0.0)
        findings = tuple(finding(seen) for seen in self._seen(transcript))
        return Score.of(BASE, findings, sentiment.mood(lines).running)

    def _seen(self, transcript: Transcript) -> Iterator[Seen]:
        lines = tuple(line for line in transcript.fresh() if line.author == "customer")
        asked = requests.request(transcript.last)
        if asked:
            yield asked
        yield from failure.match(transcript)
        yield from sentiment.match(lines)
        yield from complexity.match(transcript)
        yield from sensitive.match(transcript.last)
