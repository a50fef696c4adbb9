"""Reasons: their order, their shares, their storage."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.findings import Evidence, Finding, Kind
from escalation.model import Score, logit, sigmoid
from escalation.reasons import Reason, reasons

findings = st.builds(
    Finding,
    kind=st.sampled_from(Kind),
    rule=st.sampled_from(["a", "b", "c", "d"]),
    label=st.just("Label"),
    chip=st.just("chip"),
    weight=st.floats(-4, 5),
    hard=st.booleans(),
    evidence=st.lists(st.builds(Evidence, st.integers(1, 9), st.integers(0, 5), st.integers(6, 9)), max_size=2).map(
        tuple
    ),
    value=st.none() | st.floats(-1, 9),
)


def no_limit(_: str) -> None:
    return None


@given(st.lists(findings, max_size=8), st.floats(0.02, 0.5))
def test_the_weights_and_the_shares_add_up_to_the_score(found: list[Finding], base: float) -> None:
    score = Score.of(logit(base), tuple(found), 0.0)
    told = reasons(score, no_limit)
    assert score.probability == pytest.approx(sigmoid(logit(base) + sum(one.weight for one in told)))
    assert score.probability == pytest.approx(base + sum(one.share for one in told))


@given(st.lists(findings, max_size=8))
def test_hard_reasons_come_first_then_the_heavier_and_they_are_numbered_from_one(found: list[Finding]) -> None:
    told = reasons(Score.of(-2.0, tuple(found), 0.0), no_limit)
    assert [one.number for one in told] == list(range(1, len(found) + 1))
    assert [(not one.hard, -one.weight) for one in told] == sorted((not one.hard, -one.weight) for one in told)


@given(st.permutations([Finding(kind, rule, "x", "x", 1.0) for kind in Kind for rule in "ab"]))
def test_the_order_does_not_depend_on_how_the_findings_were_found(found: list[Finding]) -> None:
    told = reasons(Score.of(-2.0, tuple(found), 0.0), no_limit)
    assert [(one.kind, one.rule) for one in told] == [(kind, rule) for kind in Kind for rule in "ab"]


@given(st.lists(findings, min_size=1, max_size=3))
def test_a_stored_reason_is_read_back_unchanged(found: list[Finding]) -> None:
    for reason in reasons(Score.of(-2.0, tuple(found), 0.0), lambda _: 2.0):
        assert Reason.from_json(json.loads(json.dumps(reason.as_json()))) == reason


def stored(**changed: Any) -> dict[str, Any]:
    [reason] = reasons(
        Score.of(-2.0, (Finding(Kind.ASKED, "asked_person", "L", "c", 3.5, True, (Evidence(1, 0, 4),)),), 0.0), no_limit
    )
    return {**reason.as_json(), **changed}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"kind": "weather"}, "kind"),
        ({"hard": 1}, "hard"),
        ({"weight": "3"}, "weight"),
        ({"number": True}, "number"),
        ({"evidence": None}, "evidence"),
        ({"evidence": [{"seq": 1, "start": 0}]}, "end is missing"),
        ({"evidence": [7]}, "an object is expected"),
        ({"colour": "red"}, "colour is unknown"),
    ],
)
def test_a_broken_reason_is_refused_with_the_name_of_the_field(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        Reason.from_json(stored(**changed))


def test_a_missing_field_is_named() -> None:
    broken = stored()
    del broken["share"]
    with pytest.raises(ValueError, match="share is missing"):
        Reason.from_json(broken)
