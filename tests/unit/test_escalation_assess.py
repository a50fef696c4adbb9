"""The whole engine: transcript, rules and policy to one assessment."""

from __future__ import annotations

import pytest

from escalation.assess import Assessment, assess
from escalation.findings import Kind
from escalation.model import RuleScorer
from escalation.policy import Action, Policy
from escalation.transcript import BotView, Line, Transcript

POLICY = Policy(number=3)
LOST = BotView(fallback=True, replies=("Sorry, I did not get that.",))
GOOD = BotView("shop", 0.9, replies=("We open at nine.",))


def judge(
    *texts: str,
    views: tuple[BotView, ...] = (),
    boundary: int = 0,
    policy: Policy = POLICY,
    earlier: tuple[float, ...] = (),
) -> Assessment:
    lines = tuple(Line(seq, "customer", text) for seq, text in enumerate(texts, start=1))
    return assess(Transcript(lines, dict(enumerate(views, start=1)), boundary, earlier), RuleScorer(), policy)


def rules(judged: Assessment) -> list[str]:
    return [reason.rule for reason in judged.reasons]


def test_a_usual_question_stays_with_the_bot() -> None:
    judged = judge("Where is my order?", views=(GOOD,))
    assert (judged.decision.action, judged.reasons, judged.mood) == (Action.STAY, (), "neutral")
    assert judged.probability == judged.base


def test_a_request_for_a_person_escalates_at_once() -> None:
    judged = judge("Let me talk to a person")
    assert (judged.decision.action, judged.decision.primary, judged.decision.priority) == (
        Action.ESCALATE,
        Kind.ASKED,
        3,
    )


def test_two_failed_answers_escalate_even_when_the_customer_stays_polite() -> None:
    judged = judge("Could you gift wrap it, please?", "I meant gift wrapping, thank you so much", views=(LOST, LOST))
    assert judged.decision.action == Action.ESCALATE
    assert judged.decision.primary == Kind.BOT_FAILURE
    assert (judged.reasons[0].rule, judged.reasons[0].value, judged.reasons[0].threshold) == ("failed_in_row", 2, 2)


def test_one_failed_answer_does_not_escalate_and_a_stricter_policy_does() -> None:
    assert judge("gift wrap?", views=(LOST,)).decision.action == Action.STAY
    assert judge("gift wrap?", views=(LOST,), policy=Policy(5, fallbacks_in_row=1)).decision.action == Action.ESCALATE


def test_three_failures_in_five_turns_escalate() -> None:
    views = (LOST, BotView("a", 0.9, replies=("One",)), LOST, BotView("b", 0.9, replies=("Two",)), LOST)
    judged = judge("alpha", "beta", "gamma", "delta", "epsilon", views=views)
    assert judged.decision.action == Action.ESCALATE
    assert judged.reasons[0].rule == "failed_among"


def test_a_policy_may_look_back_over_more_turns_than_the_scorer() -> None:
    good = tuple(BotView("a", 0.9, replies=(f"Answer {number}",)) for number in range(5))
    views = (LOST, *good, LOST)
    texts = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta")
    assert judge(*texts, views=views).decision.action == Action.STAY
    assert judge(*texts, views=views, policy=Policy(6, fallbacks_window=(2, 7))).decision.action == Action.ESCALATE


def test_a_bot_that_is_down_escalates() -> None:
    judged = judge("Where is my order?", views=(BotView(available=False),))
    assert (judged.decision.action, judged.decision.primary) == (Action.ESCALATE, Kind.BOT_FAILURE)


def test_a_team_of_the_inbox_escalates_only_where_it_is_one() -> None:
    assert judge("spa please").decision.action == Action.STAY
    judged = judge("spa please", policy=Policy(3, teams=("spa",)))
    assert (judged.decision.action, rules(judged)) == (Action.ESCALATE, ["asked_team"])
    assert judged.probability == pytest.approx(judged.base + sum(reason.share for reason in judged.reasons))


def test_a_request_that_names_a_team_is_one_reason_and_not_two() -> None:
    assert rules(judge("can I talk to someone from billing", policy=Policy(3, teams=("billing",)))) == ["asked_team"]


def test_evidence_before_a_hand_back_does_not_count_again() -> None:
    texts = ("I want a person. This is terrible, I hate it", "gift wrap", "gift wrap", "Which size is the tent?")
    views = (GOOD, LOST, LOST, GOOD)
    assert judge(*texts[:3], views=views[:3]).decision.action == Action.ESCALATE
    calm = judge(*texts, views=views, boundary=3)
    assert (calm.decision.action, calm.reasons, calm.sentiment) == (Action.STAY, (), 0)


def test_a_fresh_request_after_a_hand_back_counts_at_once() -> None:
    assert judge("I want a person", "thanks", "I want a person", boundary=2).decision.action == Action.ESCALATE


def test_a_line_at_or_before_the_boundary_is_not_judged() -> None:
    assert judge("I want a person", boundary=1).reasons == ()


def test_asking_after_a_failure_comes_before_asking_at_once() -> None:
    assert judge("gift wrap", "a person please", views=(LOST,)).decision.priority == 2
    assert judge("a person please").decision.priority == 3


def test_safety_comes_first() -> None:
    assert judge("get me a person, the charger caught fire").decision.priority == 1


def test_who_leaves_is_not_let_go() -> None:
    assert judge("Never mind, I'll just cancel and use the competitor").decision.action == Action.ESCALATE


def test_an_assessment_names_the_versions_that_made_it() -> None:
    judged = judge("Let me talk to a person")
    assert (judged.scorer_version, judged.policy_number) == ("rules-1", 3)
    assert judged.reasons[0].label == "Asked for a person"


def test_an_empty_transcript_cannot_be_assessed() -> None:
    with pytest.raises(ValueError, match="without lines"):
        assess(Transcript(()), RuleScorer(), POLICY)
