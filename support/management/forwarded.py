"""The client's address behind a proxy of ours."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

HEADER = b"x-forwarded-for"


def client(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the last address in X-Forwarded-For, None when there is none that is one.

    Every proxy adds the address that it saw to the end, so the last one is what our proxy saw, and the client itself
    wrote whatever stands before it. Daphne would take the first.
    """
    values = [value for name, value in headers if name == HEADER]
    if not values:
        return None
    last = values[-1].rsplit(b",", 1)[-1].strip().decode("latin-1")
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return None
