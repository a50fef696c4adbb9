"""What makes a case hard for a bot."""

from __future__ import annotations

from escalation.complexity import match
from escalation.model import RuleScorer
from escalation.transcript import BotView, Line, Transcript

CASE = (
    "Two of three trustees on our account have retired, the third is abroad until June, the mandate needs two signatures, the roof contractor"
    " is owed a payment on the 20th and a cheque came in the old name of the hall, which we no longer use. Where would one begin?"
)


def seen(text: str, *views: BotView) -> dict[str, float]:
    lines = tuple(Line(seq, "customer", "hm" if seq < len(views) else text) for seq in range(1, max(1, len(views)) + 1))
    return {one.rule: one.value for one in match(Transcript(lines, dict(enumerate(views, start=1))))}


def test_a_short_question_is_simple() -> None:
    assert seen("Where is my order TW-48213?", BotView("order_status", 0.95)) == {}


def test_a_long_message_of_many_parts_is_both() -> None:
    assert {"long_message", "many_parts"} <= set(seen(CASE))


def test_who_announces_two_questions_has_two_issues() -> None:
    assert seen("I have two questions about the tent")["several_issues"] == 2


def test_three_questions_are_three_issues_and_two_are_none() -> None:
    assert seen("Is it wet? Is it cold? Is it far?")["several_issues"] == 3
    assert "several_issues" not in seen("REALLY???? the whole thing???")


def test_numbers_and_amounts_are_details() -> None:
    assert seen("TW-48213 and TW-48214, £30 and £45.50")["many_details"] == 4


def test_a_run_of_unsure_readings_is_counted() -> None:
    unsure = BotView("shop", 0.4)
    assert seen("and?", unsure, unsure, unsure)["unsure"] == 3
    assert seen("and?", unsure, BotView("shop", 0.9), unsure)["unsure"] == 1


def test_two_readings_close_together_are_seen() -> None:
    assert "two_readings" in seen("and?", BotView("a", 0.7, ranking=(("a", 0.7), ("b", 0.65))))
    assert "two_readings" not in seen("and?", BotView("a", 0.9, ranking=(("a", 0.9), ("b", 0.05))))


def test_complexity_grows_with_the_case_and_stays_below_one() -> None:
    simple, hard = (
        RuleScorer().score(Transcript((Line(1, "customer", text),))).complexity for text in ("Where is it?", CASE)
    )
    assert simple == 0
    assert 0.5 < hard < 1
