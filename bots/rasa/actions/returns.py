"""The end of the return form: the return is announced to the shop."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from shop import CannotReturn, Shop, UnknownOrder


class SubmitReturn(Action):
    """Announces the return, once per customer message however often the turn is repeated."""

    def __init__(self, shop: Shop) -> None:
        """Announce to this shop."""
        self._shop = shop

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_submit_return"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Announce and say how it went; nothing to do when the form was stopped without an order."""
        number, reason = tracker.get_slot("order_number"), tracker.get_slot("return_reason")
        emptied = [SlotSet("return_reason", None), SlotSet("order", None)]
        if not number or not reason:
            return emptied
        dispatcher.utter_message(text=await self._announce(number, reason, tracker.latest_message["message_id"]))
        return emptied

    async def _announce(self, number: str, reason: str, message_id: str) -> str:
        try:
            back = await self._shop.announce_return(number, reason, message_id)
        except CannotReturn as refusal:
            return f"Order {number} cannot be returned: {refusal}"
        except UnknownOrder:
            return f"I cannot find an order {number}, so I have not announced a return."
        return (
            f"Your return {back['number']} for order {number} is announced. Put the number on the parcel and send it "
            "within 14 days; the refund is made within five working days after it reaches us."
        )
