"""Order numbers in customers' words: TW-48213, tw48213, TW 48213, #48213, 48213."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

# Without TW or # only five digits count: "289", "2026" and "1,299.00" are no orders.
ORDER_NUMBER = re.compile(
    r"(?<![\w.,-])(?:(?:tw\s?-?\s?|#\s?)(?P<marked>\d{4,6})|(?P<bare>\d{5}))(?!\w|[.,]\d)", re.IGNORECASE
)


def mask(text: str) -> str:
    """Return the text with each order number replaced by one word, so that a classifier sees them all alike."""
    return ORDER_NUMBER.sub("ordernumber", text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OrderNumbers(GraphComponent, EntityExtractorMixin):
    """Adds an ``order_number`` entity, its value in the shop's spelling (``TW-48213``).

    Of several numbers in one message the last is taken: "not TW-48213, I meant TW-48310".
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OrderNumbers:
        """Build the component; it has nothing to configure and nothing to store."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entity to each message that names an order."""
        for message in messages:
            found = [
                {
                    "entity": "order_number",
                    "value": "TW-" + (match["marked"] or match["bare"]),
                    "start": match.start(),
                    "end": match.end(),
                    "extractor": "OrderNumbers",
                }
                for match in ORDER_NUMBER.finditer(message.get(TEXT) or "")
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found[-1:]], add_to_output=True)
        return messages
