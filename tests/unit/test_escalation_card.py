"""The handoff card: the customer's words with their sources."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from escalation.card import Card, Sourced, Tried, summarise
from escalation.transcript import BotView, Line, Transcript

STATUS = "Your order is on its way and arrives tomorrow."
LINES = (
    Line(1, "customer", "Hi there! My blue tent arrived with a broken pole, order TW-48213."),
    Line(2, "bot", STATUS),
    Line(3, "customer", "No. I need a new pole before Saturday, we leave for Norway."),
    Line(4, "bot", STATUS),
    Line(5, "customer", "This is going nowhere. Get me a person."),
)
VIEWS = {
    1: BotView("order_status", 0.8, replies=(STATUS,)),
    3: BotView("order_status", 0.7, replies=(STATUS,)),
    5: BotView(fallback=True),
}


def card(
    lines: tuple[Line, ...] = LINES, views: dict[int, BotView] | None = None, slots: dict[str, str] | None = None
) -> Card:
    return summarise(Transcript(lines, VIEWS if views is None else views), slots or {})


def test_the_goal_is_the_customers_own_sentence_with_its_message() -> None:
    assert card().goal == Sourced("My blue tent arrived with a broken pole, order TW-48213.", (1,))


def test_what_the_bot_tried_names_the_outcome_and_the_messages() -> None:
    assert card().tried == (
        Tried("Order status", "ok", (1, 2)),
        Tried("Order status", "repeated", (3, 4)),
        Tried("Not understood", "fallback", (5,)),
    )


def test_a_failed_action_and_a_bot_that_was_away_are_failed() -> None:
    views = {1: BotView("order_status", 0.9, failures=("shop",)), 3: BotView(available=False)}
    assert [(tried.text, tried.outcome) for tried in card(views=views).tried] == [
        ("Order status", "failed"),
        ("No answer from the bot", "failed"),
    ]


def test_the_points_say_something_else_than_the_goal() -> None:
    points = card().points
    assert Sourced("I need a new pole before Saturday, we leave for Norway.", (3,)) in points
    assert card().goal not in points


def test_talk_about_the_chat_is_no_goal() -> None:
    assert card((Line(1, "customer", "Get me a person!"),), {}).goal is None


def test_who_only_greets_has_no_goal() -> None:
    assert card((Line(1, "customer", "Hi, hello"),), {}) == Card(None, (), ())


def test_a_fact_that_the_bot_learned_tips_the_scale() -> None:
    lines = (Line(1, "customer", "Socks, blue, woollen."), Line(3, "customer", "It is TW-1 you know."))
    goals = [card(lines, {}, slots).goal for slots in ({}, {"order_number": "TW-1"})]
    assert [goal and goal.sources for goal in goals] == [(1,), (3,)]


def test_a_very_long_sentence_is_shortened_between_words() -> None:
    goal = card((Line(1, "customer", "my parcel " * 60),), {}).goal
    assert goal is not None
    assert len(goal.text) <= 240
    assert goal.text.endswith("parcel…") or goal.text.endswith("my…")


@given(st.lists(st.tuples(st.sampled_from(["customer", "bot", "agent"]), st.text(max_size=80)), max_size=6))
def test_every_line_on_the_card_is_an_extract_of_the_message_that_it_names(spoken: list[tuple[str, str]]) -> None:
    lines = tuple(Line(seq, author, text) for seq, (author, text) in enumerate(spoken, start=1))  # type: ignore[arg-type]
    bodies = {line.seq: line.text for line in lines if line.author == "customer"}
    found = card(lines, {})
    for line in (*filter(None, [found.goal]), *found.points):
        [source] = line.sources
        assert line.text in bodies[source]
