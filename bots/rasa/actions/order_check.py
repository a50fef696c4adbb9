"""The check that each form makes of its order number: does the shop know it?"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from shop import Shop, UnknownOrder

TRIES = 2


class CheckOrderNumber(Action):
    """Looks the number up and leaves the order in a slot for the action that ends the form.

    An unknown number is said and asked for again; after ``TRIES`` in a row the form is stopped, and the turn reports
    the form as failed.
    """

    def __init__(self, form: str, shop: Shop) -> None:
        """Check for one form."""
        self._form = form
        self._shop = shop

    def name(self) -> str:
        """Return the name by which Rasa finds a form's check."""
        return f"validate_{self._form}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Check a number that is new in this turn; leave all else as it is."""
        number = tracker.slots_to_validate().get("order_number")
        if not number:
            return []
        try:
            order = await self._shop.order(number)
        except UnknownOrder:
            return self._unknown(dispatcher, number, int(tracker.get_slot("unknown_numbers") or 0) + 1)
        return [SlotSet("order_number", order["number"]), SlotSet("order", order), SlotSet("unknown_numbers", None)]

    def _unknown(self, dispatcher: CollectingDispatcher, number: str, times: int) -> list[dict[str, Any]]:
        forget = SlotSet("order_number", None)
        if times < TRIES:
            dispatcher.utter_message(text=f"I cannot find an order {number}. Please check the number.")
            return [forget, SlotSet("unknown_numbers", float(times))]
        dispatcher.utter_message(
            text=f"I cannot find an order {number} either, so I stop here. "
            "You can have a person at any time: just say so."
        )
        dispatcher.utter_message(json_message={"failed": self._form})
        return [forget, SlotSet("unknown_numbers", None), SlotSet("requested_slot", None)]
