"""Numbers as people read them."""

from __future__ import annotations

from support.metrics.shares import Share

NOTHING = "–"


def number(value: int) -> str:
    """1,158."""
    return f"{value:,}"


def percent(value: float | None) -> str:
    """69.9 %, or a dash where there is nothing to share."""
    return NOTHING if value is None else f"{value * 100:.1f} %"


def clock(seconds: float | None) -> str:
    """1:06, or 1:02:03 from an hour on."""
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def doubt(share: Share) -> str:
    """The interval of a share of few, in words; empty when there are enough, or none."""
    interval = share.interval()
    if interval is None or not share.few:
        return ""
    return f"{interval[0] * 100:.0f} to {interval[1] * 100:.0f} %"
