"""How the bot failed, read from its turns."""

from __future__ import annotations

import pytest

from escalation.failure import match
from escalation.transcript import BotView, Line, Transcript

ANSWER = "You can follow your parcel in your account."
OK, LOST = (
    BotView("order_status", 0.9, replies=(ANSWER,)),
    BotView(fallback=True, replies=("Sorry, I did not get that.",)),
)


def talk(*turns: tuple[str, BotView], boundary: int = 0) -> Transcript:
    """Customer and bot in turn; the bot's answer to the last line is not in the log yet."""
    said: list[Line] = []
    for number, (text, view) in enumerate(turns):
        said += [
            Line(2 * number + 1, "customer", text),
            *(Line(2 * number + 2, "bot", reply) for reply in view.replies[:1]),
        ]
    if said[-1].author == "bot":
        said.pop()
    views = {2 * number + 1: view for number, (_, view) in enumerate(turns)}
    return Transcript(tuple(said), views, boundary)


def seen(transcript: Transcript) -> dict[str, float]:
    return {one.rule: one.value for one in match(transcript)}


def answered(text: str, reply: str) -> tuple[str, BotView]:
    return text, BotView("shop", 0.9, replies=(reply,))


def test_failed_answers_in_a_row_are_counted_back_from_the_last() -> None:
    assert seen(talk(("where", OK), ("gift wrap", LOST), ("wrapping paper", LOST)))["failed_in_row"] == 2


def test_an_answer_ends_the_row() -> None:
    assert "failed_in_row" not in seen(talk(("gift wrap", LOST), ("paper", LOST), ("where is it", OK)))


def test_failures_between_answers_are_counted_among_the_last_five() -> None:
    turns = (("one", LOST), answered("two", "a"), ("three", LOST), answered("four", "b"), ("five", LOST))
    assert seen(talk(*turns))["failed_among"] == 3


def test_failures_that_an_answer_has_ended_are_not_held_against_the_bot() -> None:
    turns = (("one", LOST), ("two", LOST), ("three", LOST), answered("four", "Here it is."))
    assert "failed_among" not in seen(talk(*turns))


def test_a_failed_look_up_is_a_failure_of_its_own() -> None:
    assert seen(talk(("where is it", BotView("order_status", 0.9, failures=("shop",))))) == {
        "failed_in_row": 1,
        "failed_action": 1,
    }


def test_a_bot_that_cannot_be_reached_is_that_and_nothing_else() -> None:
    assert seen(talk(("where is it", BotView(available=False)))) == {"bot_unavailable": 1}


def test_the_same_answer_twice_is_seen_with_the_line_that_gave_it_first() -> None:
    same = next(one for one in match(talk(("where is it", OK), ("but which day?", OK))) if one.rule == "same_answer")
    assert same.value == 2
    assert {one.seq for one in same.evidence} == {1, 2, 3}


def test_the_same_answer_is_remembered_over_another_one_between() -> None:
    assert seen(talk(("where is it", OK), answered("no, when", "On Monday."), ("which day?", OK)))["same_answer"] == 2


def test_you_are_welcome_may_be_said_twice() -> None:
    assert "same_answer" not in seen(
        talk(answered("thanks", "You are welcome."), answered("thank you", "You are welcome."))
    )


@pytest.mark.parametrize("text", ["I already told you the number", "as I said, the blue one", "let me try once more"])
def test_who_says_that_it_was_said_before_repeats(text: str) -> None:
    assert "said_again" in seen(talk(("hello there", OK), (text, OK)))


def test_the_same_question_in_other_order_is_a_repetition() -> None:
    assert "said_again" in seen(talk(("where is my blue tent", OK), ("my blue tent, where is it?", OK)))


def test_thanking_twice_is_no_repetition() -> None:
    assert "said_again" not in seen(talk(("thank you very much", OK), ("thank you so much", OK)))


def test_no_to_a_question_of_the_bot_is_an_answer() -> None:
    asked = BotView("return", 0.9, replies=("Is it the blue one?",))
    assert "corrects" not in seen(talk(("return", asked), ("No, it is the red tent", OK)))


def test_no_to_a_statement_of_the_bot_is_a_correction() -> None:
    assert "corrects" in seen(talk(("return", OK), ("No, it is the red tent", OK)))


def test_lines_to_a_person_are_not_held_against_the_bot() -> None:
    before = talk(("gift wrap", LOST), ("gift wrap!", LOST))
    to_a_person = Transcript((*before.lines, Line(9, "customer", "the green one")), before.views)
    assert not {"failed_in_row", "failed_among"} & set(seen(to_a_person))


def test_failures_before_the_boundary_are_forgotten() -> None:
    assert seen(talk(("gift wrap", LOST), ("paper then", LOST), boundary=2))["failed_in_row"] == 1
