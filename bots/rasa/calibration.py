"""Confidence and fallback threshold: cross-validated on the training examples, checked on questions outside the bot's scope."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy
from components.intents import build, confidences, prepare
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

FOLDS = 5
KEPT_IN_SCOPE = 0.90
OUT_OF_SCOPE = Path(__file__).parent / "calibration" / "out_of_scope.txt"


@dataclass(frozen=True)
class Calibration:
    """What training found out.

    ``slope`` and ``offset`` map margins to confidences (see ``components.intents``). The rest are shares from 0 to 1:
    ``kept_in_scope`` and ``rejected_out_of_scope`` hold at ``threshold``; ``confused`` lists the commonest mistakes
    as (meant, understood, how often).
    """

    slope: float
    offset: float
    threshold: float
    accuracy: float
    macro_f1: float
    kept_in_scope: float
    rejected_out_of_scope: float
    examples: int
    confused: list[tuple[str, str, int]]


def calibrate(texts: list[str], intents: list[str]) -> Calibration:
    """Cross-validate the classifier, fit its confidence and choose its threshold.

    Of all thresholds that keep at least ``KEPT_IN_SCOPE`` of the held-out in-scope messages, the one is taken where
    the share kept plus the share of out-of-scope messages rejected is greatest (Youden's index).
    """
    prepared, meant = numpy.array(prepare(texts)), numpy.array(intents)
    outside = prepare(OUT_OF_SCOPE.read_text(encoding="utf-8").splitlines())
    understood, margin, outside_margins = meant.copy(), numpy.zeros(len(meant)), []
    for known, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(prepared, meant):
        model = build().fit(prepared[known], meant[known])
        margins = model.decision_function(prepared[held_out])
        understood[held_out] = model.classes_[margins.argmax(axis=1)]
        margin[held_out] = margins.max(axis=1)
        outside_margins.append(model.decision_function(outside).max(axis=1))
    right = understood == meant
    fitted = LogisticRegression(C=1e6).fit(margin.reshape(-1, 1), right)
    slope, offset = round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)
    confidence = confidences(margin, slope, offset)
    outside_mean = confidences(numpy.mean(outside_margins, axis=0), slope, offset)
    threshold = choose(confidence, outside_mean)
    return Calibration(
        slope=slope,
        offset=offset,
        threshold=threshold,
        accuracy=round(float(right.mean()), 4),
        macro_f1=round(float(f1_score(meant, understood, average="macro")), 4),
        kept_in_scope=round(float((confidence >= threshold).mean()), 4),
        rejected_out_of_scope=round(float((outside_mean < threshold).mean()), 4),
        examples=len(texts),
        confused=confusions(meant, understood),
    )


def choose(inside: numpy.ndarray, outside: numpy.ndarray) -> float:
    """Return the threshold, to four places, for confidences of held-out messages inside and outside the scope."""
    highest = float(numpy.quantile(inside, 1 - KEPT_IN_SCOPE, method="lower"))
    candidates = [round(step / 1000, 4) for step in range(int(highest * 1000) + 1)]
    return max(candidates, key=lambda at: float((inside >= at).mean() + (outside < at).mean()))


def confusions(meant: numpy.ndarray, understood: numpy.ndarray) -> list[tuple[str, str, int]]:
    """Return the ten commonest mistakes."""
    pairs, counts = numpy.unique(
        numpy.array([f"{m} {u}" for m, u in zip(meant, understood, strict=True) if m != u]), return_counts=True
    )
    worst = sorted(zip(pairs, counts, strict=True), key=lambda one: (-one[1], one[0]))[:10]
    return [(*pair.split(), int(count)) for pair, count in worst]
