"""How facts of the shop are said: "9 November", "€289.00", "2 x Lomma 2 and 1 x Pan"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(iso: str) -> str:
    """Return "2026-11-09" as "9 November". Raises ``ValueError`` for anything but an ISO date."""
    when = date.fromisoformat(iso)
    return f"{when.day} {MONTHS[when.month - 1]}"


def amount(value: str, currency: str) -> str:
    """Return "289.00", "EUR" as "€289.00". Raises ``ValueError`` for anything but a decimal number."""
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {value!r}") from error
    sign = SIGNS.get(currency, f"{currency} ")
    return f"{sign}{number:,.2f}"


def listing(parts: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def contents(items: Sequence[dict[str, object]]) -> str:
    """Return the order's items as one phrase; the quantity only where it is not one."""
    return listing([f"{i['quantity']} x {i['name']}" if i["quantity"] != 1 else str(i["name"]) for i in items])
