"""What one can ask the bot about a sample order."""

from __future__ import annotations

from datetime import date

from support.demo.models import Order, Status
from support.demo.returning import NotReturnable, check


def question(order: Order, today: date) -> str:
    """A sentence to try in the chat."""
    if hasattr(order, "returned"):
        return f"Where is my refund for order {order.number}?"
    if order.status == Status.DELIVERED:
        return f"I want to return order {order.number}"
    if order.status == Status.SHIPPED and order.expected_on and order.expected_on < today:
        return f"My order {order.number} is late, where is it?"
    return f"Where is my order {order.number}?"


def outcome(order: Order, today: date) -> str:
    """What the shop knows about it, in one sentence."""
    if hasattr(order, "returned"):
        return f"Return {order.returned.number} is {order.returned.get_status_display().lower()}."
    if order.status == Status.SHIPPED:
        return "It is late." if order.expected_on and order.expected_on < today else "It is on its way."
    if order.status == Status.CANCELLED:
        return "It was cancelled."
    if order.status != Status.DELIVERED:
        return "It has not left us yet."
    try:
        check(order, today)
    except NotReturnable:
        return "It is too late to return it."
    return "It can be returned."
