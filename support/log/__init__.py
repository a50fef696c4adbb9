"""The log: the only writer and pager of messages."""

from support.log.append import append
from support.log.limits import admit
from support.log.page import PAGE, Viewer, end, ends, seen_by, since
from support.log.refused import Refused, busy, unavailable
from support.log.statement import Stored

__all__ = [
    "PAGE",
    "Refused",
    "Stored",
    "Viewer",
    "admit",
    "append",
    "busy",
    "end",
    "ends",
    "seen_by",
    "since",
    "unavailable",
]
