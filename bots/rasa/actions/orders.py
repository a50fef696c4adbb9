"""What the bot says about an order that a form has found."""

from __future__ import annotations

from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from wording import amount, contents, day


class AboutOrder(Action):
    """Says something about the order in the slot ``order`` and empties the slot: facts are looked up anew each time.

    There is no order when the form was stopped because the shop did not know the number; the check has said so.
    """

    action_name: ClassVar[str]

    def name(self) -> str:
        """Return the action's name in the domain."""
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say it, unless the form found no order."""
        order = tracker.get_slot("order")
        if order is None:
            return []
        dispatcher.utter_message(text=self.words(order))
        return [SlotSet("order", None)]

    def words(self, order: dict[str, Any]) -> str:
        """Return what to say about this order."""
        raise NotImplementedError


class OrderStatus(AboutOrder):
    """Where the parcel is."""

    action_name = "action_order_status"

    def words(self, order: dict[str, Any]) -> str:
        """Return the order's status, its contents and the next date that is known."""
        number, placed = order["number"], day(order["placed_on"])
        what = f"Order {number} ({contents(order['items'])}, {amount(order['total'], order['currency'])})"
        expected = f" It should arrive on {day(order['expected_on'])}." if order["expected_on"] else ""
        carrier = f" with {order['carrier']}" if order["carrier"] else ""
        tracking = f" The tracking number is {order['tracking']}." if order["tracking"] else ""
        arrived = f" on {day(order['delivered_on'])}" if order["delivered_on"] else ""
        return {
            "placed": f"{what} was placed on {placed} and is not packed yet.{expected}",
            "packed": f"{what} is packed and waits for the carrier.{expected}",
            "shipped": f"{what} is on its way{carrier}.{tracking}{expected}",
            "delivered": f"{what} was delivered{carrier}{arrived}.{tracking}",
            "cancelled": f"{what} was cancelled.",
        }[order["status"]]


class CancelOrder(AboutOrder):
    """Whether the order can still be cancelled. The bot does not cancel it."""

    action_name = "action_cancel_order"

    def words(self, order: dict[str, Any]) -> str:
        """Return the truth about cancelling at this status, and what the customer can do."""
        number = order["number"]
        return {
            "placed": f"Order {number} is not packed yet, so it can still be cancelled. I cannot do that myself: use "
            "'Cancel' beside the order in your account, or ask for a person.",
            "packed": f"Order {number} is already packed, so cancelling may come too late; only a person can try to "
            "stop it. Just say so if you want one.",
            "shipped": f"Order {number} has already been sent, so it cannot be cancelled. You can return it when it "
            "has arrived.",
            "delivered": f"Order {number} has been delivered, so it cannot be cancelled. You can return it: just say "
            "'return'.",
            "cancelled": f"Order {number} is cancelled already.",
        }[order["status"]]


class RefundStatus(AboutOrder):
    """How far a return and its refund are."""

    action_name = "action_refund_status"

    def words(self, order: dict[str, Any]) -> str:
        """Return the state of the order's return, or that there is none."""
        number, back = order["number"], order["return"]
        if back is None:
            return f"There is no return for order {number}, so no refund is under way. To start one, just say 'return'."
        received = f" on {day(back['received_on'])}" if back["received_on"] else ""
        refunded = f" on {day(back['refunded_on'])}" if back["refunded_on"] else ""
        return {
            "announced": f"Return {back['number']} for order {number} is announced; the parcel has not reached us yet. "
            "The refund is made within five working days after that.",
            "received": f"We received return {back['number']} for order {number}{received}. The refund is made within "
            "five working days after that.",
            "refunded": f"Return {back['number']} for order {number} was refunded{refunded}. Banks take up to three "
            "working days to show it.",
        }[back["status"]]
