"""Announcing a return: the shop's rules, and one return however often it is asked for."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from support.demo.models import RETURN_DAYS, Order, Return, Status


class NotReturnable(Exception):
    """The shop does not take this back. ``code`` is for programs, ``detail`` is a sentence about the order for its customer."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def announce(number: str, reason: str, message_id: str, today: date) -> tuple[Return, bool]:
    """Announce the return of an order.

    Args:
        message_id: names the request; the same one again gives the first return.

    Returns:
        The return, and whether it is new.

    Raises:
        Order.DoesNotExist: there is no such order.
        NotReturnable: the rules say no, or ``message_id`` was used for another order.
    """
    with transaction.atomic():
        # The row lock makes two requests for one order come one after the other.
        order = Order.objects.select_for_update().get(number=number)
        found = Return.objects.select_related("order").filter(message_id=message_id).first()
        new = False
        if found is None:
            check(order, today)
            # Two orders under one message_id do not wait for each other: the unique index decides, the later one reads.
            found, new = Return.objects.get_or_create(
                message_id=message_id, defaults={"order": order, "reason": reason, "announced_on": today}
            )
        if found.order_id != order.pk:
            raise NotReturnable("message_used", f"This request was already used for order {found.order.number}.")
    return found, new


def check(order: Order, today: date) -> None:
    """Apply the shop's rules.

    Raises:
        NotReturnable: says which rule.
    """
    if order.status == Status.CANCELLED:
        raise NotReturnable("cancelled", "It was cancelled, so there is nothing to return.")
    if order.last_return_day is None:
        raise NotReturnable("not_delivered", "It has not been delivered yet.")
    earlier = Return.objects.filter(order=order).first()
    if earlier:
        raise NotReturnable("already_returned", f"It has the return {earlier.number} already.")
    if today > order.last_return_day:
        until = f"{order.last_return_day.day} {order.last_return_day:%B}"
        raise NotReturnable("too_late", f"That was possible for {RETURN_DAYS} days, until {until}.")
