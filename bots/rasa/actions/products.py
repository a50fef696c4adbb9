"""Stock and prices, looked up by the words of the question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from shop import Shop
from wording import amount

MOST_SHOWN = 3
MOST_SEARCHES = 2
# Words of a question about stock that name no product.
COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split())


class ProductAvailability(Action):
    """Says what is in stock, and at what price."""

    def __init__(self, shop: Shop) -> None:
        """Ask this shop."""
        self._shop = shop

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_product_availability"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Search for the words of the message, the whole phrase first."""
        for search in searches(tracker.latest_message["text"]):
            found = await self._shop.products(search)
            if found:
                dispatcher.utter_message(text=words(found))
                return [SlotSet("product", found[0]["name"] if len(found) == 1 else search)]
        dispatcher.utter_message(text="I found no product by that name. I know tents, packs, boots and kitchen things.")
        return []


def searches(text: str) -> Iterator[str]:
    """Yield what to search for, at most two: the words that are left together, then the longest alone, singular."""
    left = [word for word in re.findall(r"[\w-]+", text.lower()) if word not in COMMON]
    if not left:
        return
    candidates = [" ".join(left)]
    for word in sorted((word for word in left if len(word) > 2), key=len, reverse=True):
        candidates.append(word[:-1] if word.endswith("s") and not word.endswith("ss") else word)
    yield from list(dict.fromkeys(candidates))[:MOST_SEARCHES]


def words(found: list[dict[str, Any]]) -> str:
    """Return the products with price and stock, at most three, and how many more there are."""
    shown = [f"{one['name']}, {amount(one['price'], one['currency'])}: {stock(one['stock'])}" for one in found]
    more = f" There are {len(shown) - MOST_SHOWN} more in the shop." if len(shown) > MOST_SHOWN else ""
    return "; ".join(shown[:MOST_SHOWN]) + "." + more


def stock(pieces: int) -> str:
    """Return how many there are, in words."""
    if pieces <= 0:
        return "sold out at the moment"
    return f"only {pieces} left" if pieces <= 3 else "in stock"
