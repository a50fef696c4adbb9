"""A list as CSV, for a spreadsheet that must not run what a customer wrote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from support.metrics.lists import Row

COLUMNS = (
    "conversation",
    "customer",
    "inbox",
    "started_at",
    "closed_at",
    "holder",
    "agent",
    "disposition",
    "main_reasons",
    "reasons",
    "wait_s",
    "rating",
    "handoff",
    "response_s",
    "handle_s",
)

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def sheet(rows: Iterable[Row]) -> str:
    """A header line and one line per row; times are ISO 8601 in settings.TIME_ZONE."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(_text(value)) for value in _cells(row)])
    return out.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front when a spreadsheet would calculate it."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _cells(row: Row) -> tuple[Any, ...]:
    return (
        row.conversation,
        row.customer,
        row.inbox,
        row.started_at,
        row.closed_at,
        row.holder,
        row.agent,
        row.disposition,
        "; ".join(row.kinds),
        "; ".join(row.reasons),
        row.wait_s,
        row.rating,
        row.handoff,
        row.response_s,
        row.handle_s,
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_default_timezone()).isoformat(timespec="seconds")
    return f"{value:.3f}" if isinstance(value, float) else str(value)
