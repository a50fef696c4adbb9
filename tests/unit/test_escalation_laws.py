"""Laws that hold for any conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.assess import assess
from escalation.model import RuleScorer, logit, sigmoid
from escalation.policy import Action, Policy
from escalation.transcript import BotView, Line, Transcript
from escalation.weights import WEIGHTS
from escalation.wording import WORDS

PHRASES = [
    "Let me talk to a person",
    "where is my order TW-48213?",
    "This is terrible, I hate it!",
    "thank you so much :)",
    "I already told you the number",
    "someone used my card",
    "İstanbul'a gönderiyor musunuz? “agent” pls",
    "no no no, that's wrong",
    "😡 stupid bot",
    "I've two questions; first, the tent. Second, the mug? And when?",
    "",
]
texts = (
    st.sampled_from(PHRASES)
    | st.text(max_size=60)
    | st.lists(st.sampled_from(PHRASES), min_size=2, max_size=4).map(" ".join)
)
views = st.builds(
    BotView,
    intent=st.none() | st.just("order_status"),
    confidence=st.floats(0, 1),
    ranking=st.lists(st.tuples(st.just("a"), st.floats(0, 1)), max_size=3).map(tuple),
    fallback=st.booleans(),
    failures=st.sampled_from([(), ("shop",)]),
    replies=st.sampled_from(
        [(), ("You can follow your parcel in your account.",), ("Hm?", "Say it in other words, please.")]
    ),
    available=st.booleans(),
)
POLICY = Policy(number=1, teams=("spa", "c++"))


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    authors = st.sampled_from(["customer", "bot", "agent"])
    before = draw(st.lists(st.tuples(authors, texts), max_size=6))
    spoken = [*before, ("customer", draw(texts))]
    lines = tuple(Line(seq, author, text) for seq, (author, text) in enumerate(spoken, start=1))  # type: ignore[arg-type]
    asked = {line.seq: draw(views) for line in lines if line.author == "customer" and draw(st.booleans())}
    earlier = tuple(draw(st.lists(st.floats(0.01, 0.99), max_size=3)))
    return Transcript(lines, asked, draw(st.integers(0, len(lines))), earlier)


@settings(max_examples=150, deadline=None)
@given(transcripts())
def test_the_parts_add_up_to_the_score(transcript: Transcript) -> None:
    judged = assess(transcript, RuleScorer(), POLICY)
    assert logit(judged.probability) == pytest.approx(
        logit(judged.base) + sum(reason.weight for reason in judged.reasons)
    )
    assert judged.probability == pytest.approx(judged.base + sum(reason.share for reason in judged.reasons))
    assert sigmoid(logit(judged.base)) == pytest.approx(judged.base)
    assert -1 <= judged.sentiment <= 1
    assert 0 <= judged.complexity <= 1


@settings(max_examples=150, deadline=None)
@given(transcripts())
def test_evidence_lies_within_its_message_and_after_the_boundary(transcript: Transcript) -> None:
    bodies = {line.seq: line.text for line in transcript.lines}
    for reason in assess(transcript, RuleScorer(), POLICY).reasons:
        for one in reason.evidence:
            assert one.seq > transcript.boundary
            assert bodies[one.seq][one.start : one.end].strip()
            assert 0 <= one.start < one.end <= len(bodies[one.seq])


@settings(max_examples=100, deadline=None)
@given(transcripts(), st.lists(texts, max_size=3))
def test_what_was_said_before_the_boundary_changes_nothing(transcript: Transcript, other: list[str]) -> None:
    boundary = transcript.boundary
    past = tuple(Line(seq, "customer", text) for seq, text in enumerate(other[:boundary], start=1))
    changed = replace(transcript, lines=(*past, *transcript.fresh()))
    if transcript.fresh():
        assert assess(changed, RuleScorer(), POLICY) == assess(transcript, RuleScorer(), POLICY)


@settings(max_examples=100, deadline=None)
@given(transcripts())
def test_a_hard_reason_always_escalates_and_an_escalation_never_lacks_one_without_an_alarm(
    transcript: Transcript,
) -> None:
    judged = assess(transcript, RuleScorer(), POLICY)
    if any(reason.hard for reason in judged.reasons):
        assert judged.decision.action == Action.ESCALATE
    elif judged.decision.action == Action.ESCALATE:
        assert max(*transcript.earlier, judged.probability, judged.probability) >= POLICY.theta_on


@settings(max_examples=60, deadline=None)
@given(texts)
def test_asking_again_for_a_person_never_lowers_the_score(text: str) -> None:
    asked = "Let me talk to a person."
    once, twice = (
        assess(Transcript((Line(1, "customer", said),)), RuleScorer(), POLICY) for said in (asked, f"{asked} {asked}")
    )
    assert twice.probability >= once.probability
    assert (
        assess(Transcript((Line(1, "customer", f"{asked} {text}"),)), RuleScorer(), POLICY).decision.action
        == Action.ESCALATE
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u200b\u200b",
        "x" * 10_000,
        "get real " * 1_100,
        '"' * 10_000,
        "؟مرحبا",
        "😡" * 3_000,
        "\x00\ud800",
        "1-" * 5_000,
    ],
)
def test_odd_text_gives_a_result(text: str) -> None:
    judged = assess(Transcript((Line(1, "customer", text),), {1: BotView("shop", 0.9)}), RuleScorer(), POLICY)
    assert 0 < judged.probability < 1


def test_every_rule_that_is_weighed_is_worded() -> None:
    assert WEIGHTS.keys() == WORDS.keys()
