"""From a score to a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.findings import Finding, Kind
from escalation.model import Score, logit
from escalation.policy import Action, Policy, after, decide
from escalation.transcript import Line, Transcript

POLICY = Policy(number=4)
LINE = Transcript((Line(1, "customer", "hello"),))
probabilities = st.floats(0.01, 0.99)


def score(probability: float, hard: bool = False, rule: str = "fed_up", kind: Kind = Kind.SENTIMENT) -> Score:
    return Score.of(logit(0.1), (Finding(kind, rule, "x", "x", logit(probability) - logit(0.1), hard),), 0.0)


def action(*scores: float, policy: Policy = POLICY) -> Action:
    return decide(score(scores[-1]), replace(LINE, earlier=scores[:-1]), policy).action


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.2,), Action.STAY),
        ((0.55,), Action.OFFER),
        ((0.7,), Action.OFFER),
        ((0.86,), Action.ESCALATE),
        ((0.7, 0.66), Action.ESCALATE),
        ((0.7, 0.2, 0.66), Action.ESCALATE),
        ((0.7, 0.2, 0.2, 0.2, 0.66), Action.OFFER),
        ((0.7, 0.7, 0.2), Action.STAY),
    ],
)
def test_two_of_the_last_three_or_one_high_score_escalate(scores: tuple[float, ...], expected: Action) -> None:
    assert action(*scores) == expected


def test_a_raised_alarm_stays_until_the_score_falls_below_theta_off() -> None:
    assert action(0.9, 0.55, 0.55, 0.52) == Action.ESCALATE
    assert action(0.9, 0.55, 0.45, 0.45) == Action.STAY


def test_an_offer_is_not_made_again_during_the_cool_down() -> None:
    assert [action(*[0.55] * turns) for turns in range(1, 6)] == [Action.OFFER, *[Action.STAY] * 3, Action.OFFER]


def test_a_hard_finding_escalates_whatever_the_score() -> None:
    assert decide(score(0.2, hard=True), LINE, POLICY).action == Action.ESCALATE


@given(st.lists(probabilities, max_size=6), probabilities, probabilities)
def test_a_higher_score_never_takes_an_escalation_back(earlier: list[float], one: float, other: float) -> None:
    lower, higher = sorted((one, other))
    if action(*earlier, lower) == Action.ESCALATE:
        assert action(*earlier, higher) == Action.ESCALATE


@given(st.lists(probabilities, min_size=1, max_size=8))
def test_nothing_is_offered_while_the_alarm_is_raised(scores: list[float]) -> None:
    alarm = after(scores, POLICY)
    assert not (alarm.raised and alarm.offers)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"theta_on": 0.4}, "theta_off"),
        ({"theta_high": 0.6}, "theta_on"),
        ({"theta_off": 0.0}, "theta_off"),
        ({"theta_high": 1.0}, "theta_high"),
        ({"fallbacks_in_row": 0}, "fallbacks_in_row"),
        ({"fallbacks_window": (6, 5)}, "fallbacks_window"),
        ({"fallbacks_window": (0, 5)}, "fallbacks_window"),
        ({"offer_cooldown": -1}, "offer_cooldown"),
        ({"teams": ("spa", " ")}, "teams"),
        ({"number": -1}, "number"),
    ],
)
def test_limits_that_contradict_each_other_are_refused_by_name(fault: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Policy(**{"number": 1, **fault})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "kind", "expected"),
    [
        ("danger", Kind.SENSITIVE, 1),
        ("fraud", Kind.SENSITIVE, 1),
        ("bereavement", Kind.SENSITIVE, 1),
        ("legal", Kind.SENSITIVE, 2),
        ("asked_person", Kind.ASKED, 3),
        ("same_answer", Kind.BOT_FAILURE, 3),
    ],
)
def test_the_priority_follows_the_matter(rule: str, kind: Kind, expected: int) -> None:
    assert decide(score(0.9, rule=rule, kind=kind), LINE, POLICY).priority == expected


def test_a_very_upset_customer_and_one_whom_a_person_helped_before_come_sooner() -> None:
    assert decide(replace(score(0.9), sentiment=-0.5), LINE, POLICY).priority == 2
    assert decide(score(0.9), replace(LINE, escalated_before=True), POLICY).priority == 2


def test_without_anything_that_speaks_for_a_person_there_is_no_main_kind() -> None:
    assert decide(Score.of(logit(0.1), (), 0.0), LINE, POLICY).primary is None
