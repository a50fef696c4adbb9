"""Parsing at the border and dumping: strict about types, sizes and names."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

VERSION = 1
MAX_FRAME = 16_384
MAX_BODY = 4_000


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds of a field: characters of a string, or the value of a number."""

    low: int
    high: int


Name = Annotated[str, Limit(1, 64)]
Body = Annotated[str, Limit(1, MAX_BODY)]
Seq = Annotated[int, Limit(0, 2**31 - 1)]


class Frame:
    """A frame of either direction; ``type`` is its name on the wire."""

    type: ClassVar[str]


class BadFrame(Exception):
    """A frame that cannot be taken. ``code`` is for programs, the text for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def parse[F: Frame](raw: str | None, allowed: Mapping[str, type[F]]) -> F:
    """Read one text frame.

    Args:
        raw: the text as it came; None for a binary frame.
        allowed: the frames of this direction by type.

    Raises:
        BadFrame: not JSON, too large, unknown or mistyped; says which field.
    """
    if raw is None:
        raise BadFrame("not_text", "Frames are text, not binary.")
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_FRAME:
        raise BadFrame("too_large", f"A frame holds at most {MAX_FRAME} bytes.")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadFrame("not_json", "That is not JSON.") from error
    if not isinstance(data, dict):
        raise BadFrame("not_an_object", "A frame is a JSON object.")
    kind = data.pop("type", None)
    if not isinstance(kind, str) or kind not in allowed:
        raise BadFrame("unknown_type", f"Unknown type {str(kind)[:40]!r}. Known: {', '.join(sorted(allowed))}.")
    return _build(allowed[kind], data)


def _build[F: Frame](frame: type[F], data: dict[str, Any]) -> F:
    hints = _hints(frame)  # type: ignore[arg-type]  # classes are hashable
    for name in data:
        if name not in hints:
            raise BadFrame("unknown_field", f"{frame.type} has no field {name[:40]!r}.")
    values: dict[str, Any] = {}
    for field in fields(frame):  # type: ignore[arg-type]
        if field.name in data:
            values[field.name] = _check(f"{frame.type}.{field.name}", data[field.name], hints[field.name])
        elif field.default is MISSING:
            raise BadFrame("missing_field", f"{frame.type} needs {field.name!r}.")
    return frame(**values)


def _check(where: str, value: Any, hint: Any) -> Any:
    limit: Limit | None = None
    if get_origin(hint) in (Union, types.UnionType):
        if value is None:
            return None
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is Annotated:
        hint, limit = get_args(hint)
    if type(value) is not hint:
        raise BadFrame("wrong_type", f"{where} must be {'a string' if hint is str else 'a whole number'}.")
    size = len(value) if isinstance(value, str) else value
    if limit and not limit.low <= size <= limit.high:
        unit = " characters" if isinstance(value, str) else ""
        raise BadFrame("out_of_range", f"{where} must have {limit.low} to {limit.high}{unit}, not {size}.")
    if isinstance(value, str):
        _check_text(where, value, blank=not (limit and limit.low))
    return value


def _check_text(where: str, value: str, blank: bool) -> None:
    if not blank and not value.strip():
        raise BadFrame("blank", f"{where} must not be blank.")
    # PostgreSQL text cannot hold NUL, and a lone surrogate cannot be encoded.
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise BadFrame("bad_text", f"{where} has characters that cannot be stored.")


@cache
def _hints(frame: type) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(frame, include_extras=True).items() if name != "type"}


def dump(frame: Frame) -> str:
    """Write one frame as JSON text."""
    return json.dumps({"type": frame.type, **_plain(frame)}, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    if is_dataclass(value):
        return {name: _plain(getattr(value, name)) for name in _names(type(value))}  # type: ignore[arg-type]  # classes are hashable
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


@cache
def _names(shape: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))


def by_type(*frames: type[Frame]) -> dict[str, type[Frame]]:
    """The closed list of one direction."""
    return {frame.type: frame for frame in frames}
