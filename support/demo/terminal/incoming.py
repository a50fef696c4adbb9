"""Reading the service's frames: the mirror of protocol.parse, for the customer's side."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from support.protocol import Frame
from support.protocol.customer import TO_CUSTOMER


class StrangeFrame(Exception):
    """The service sent something that this version does not know."""


def read(raw: str | bytes) -> Frame:
    """One frame from the service, with its parts.

    Raises:
        StrangeFrame: not JSON, of an unknown type, or without a field that it must have.
    """
    try:
        data = json.loads(raw)
        frame: Frame = _shape(TO_CUSTOMER[data["type"]], data)
    except (ValueError, KeyError, TypeError) as error:
        raise StrangeFrame(f"The service sent a frame that this program does not know: {raw[:200]!r}") from error
    return frame


def _shape(hint: Any, value: Any) -> Any:
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        present = [field.name for field in fields(hint) if field.name in value]
        return hint(**{name: _shape(hints[name], value[name]) for name in present})  # type: ignore[operator]
    if get_origin(hint) is tuple:
        return tuple(_shape(get_args(hint)[0], item) for item in value)
    return value
