"""The intent classifier: TF-IDF of words and of letters, and a linear support vector machine.

A machine's margin says which intent is nearest, and stays low for all of them when a message is about something else:
on our out-of-scope questions it told more of them apart than a softmax. Calibration maps it to a confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
from components.order_numbers import mask
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

FILE = "intents.npz"
RANKED = 5


def build() -> Pipeline:
    """Return the untrained pipeline. Calibration cross-validates this very thing, training stores it."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
    return Pipeline(
        [
            ("features", FeatureUnion([("words", words), ("letters", letters)])),
            ("intents", LinearSVC(C=1.0, class_weight="balanced", random_state=7)),
        ]
    )


def save(model: Pipeline, path: Path) -> None:
    """Write a trained pipeline as plain arrays: reading them runs no code, and takes a fifth of a second."""
    arrays = {"classes": model.classes_, "weights": model["intents"].coef_, "offsets": model["intents"].intercept_}
    for name, vectorizer in model["features"].transformer_list:
        arrays[f"{name}_terms"] = numpy.array(sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get))
        arrays[f"{name}_idf"] = vectorizer.idf_
    numpy.savez(path, **arrays)


def restore(path: Path) -> Pipeline:
    """Return the pipeline that ``save`` wrote."""
    model = build()
    with numpy.load(path, allow_pickle=False) as arrays:
        for name, vectorizer in model["features"].transformer_list:
            vectorizer.vocabulary_ = {str(term): place for place, term in enumerate(arrays[f"{name}_terms"])}
            vectorizer.idf_ = arrays[f"{name}_idf"]
        intents = model["intents"]
        intents.classes_, intents.coef_, intents.intercept_ = arrays["classes"], arrays["weights"], arrays["offsets"]
    return model


def prepare(texts: Sequence[str]) -> list[str]:
    """Return the texts as the pipeline wants them."""
    return [mask(text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for text in texts]


def confidences(margins: numpy.ndarray, slope: float, offset: float) -> numpy.ndarray:
    """Return the probability, 0 to 1, that an intent with this margin is the one that was meant.

    The logistic of ``slope * margin + offset`` (Platt 1999), both fitted to held-out messages by calibration.
    """
    return 1.0 / (1.0 + numpy.exp(-(slope * margins + offset)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TfidfIntents(IntentClassifier, GraphComponent):
    """Wraps the pipeline for Rasa."""

    def __init__(self, config: dict[str, Any], model: Pipeline, storage: ModelStorage, resource: Resource) -> None:
        """Take a trained or an untrained pipeline; ``config`` holds ``slope`` and ``offset`` of ``confidences``."""
        self._slope, self._offset = float(config["slope"]), float(config["offset"])
        self._model = model
        self._storage = storage
        self._resource = resource

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what holds until calibration says better."""
        return {"slope": 1.0, "offset": 0.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TfidfIntents:
        """Start untrained, for training."""
        return cls(config, build(), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the pipeline on every example and store it."""
        examples = [one for one in training_data.intent_examples if one.get(INTENT) and one.get(TEXT)]
        self._model.fit(prepare([one.get(TEXT) for one in examples]), [one.get(INTENT) for one in examples])
        with self._storage.write_to(self._resource) as folder:
            save(self._model, folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TfidfIntents:
        """Read the stored pipeline."""
        with model_storage.read_from(resource) as folder:
            return cls(config, restore(folder / FILE), model_storage, resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set each message's intent and the best five with their confidences."""
        margins = self._model.decision_function(prepare([message.get(TEXT) or "" for message in messages]))
        for message, row in zip(messages, confidences(margins, self._slope, self._offset), strict=True):
            ranking = sorted(
                (
                    {"name": str(name), "confidence": float(p)}
                    for name, p in zip(self._model.classes_, row, strict=True)
                ),
                key=lambda one: -one["confidence"],
            )[:RANKED]
            message.set(INTENT, dict(ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
