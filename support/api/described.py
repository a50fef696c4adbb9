"""The protocol's shapes for the OpenAPI page: one source, the classes of support/protocol."""

from __future__ import annotations

import types
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from rest_framework import serializers

from support.protocol.parts import Line, Row

Described = type[serializers.Serializer[Any]]
PLAIN: dict[type, type[serializers.Field[Any, Any, Any, Any]]] = {
    str: serializers.CharField,
    int: serializers.IntegerField,
    float: serializers.FloatField,
    bool: serializers.BooleanField,
}


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of the log; ``more`` says that others follow."""

    items: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """Conversations."""

    items: tuple[Row, ...]


@cache
def shape(source: type) -> Described:
    """A serializer that describes a dataclass: its name, its docstring, its fields."""
    hints = get_type_hints(source)
    members = {field.name: _field(hints[field.name]) for field in fields(source)}
    return cast(Described, type(source.__name__, (serializers.Serializer,), {"__doc__": source.__doc__, **members}))


def _field(hint: Any, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = next(part for part in get_args(hint) if part is not type(None))
        return _field(inner, allow_null=True)
    if origin is Literal:
        return serializers.ChoiceField(choices=list(get_args(hint)), **options)
    if origin is tuple:
        inner = get_args(hint)[0]
        if is_dataclass(inner):
            return shape(cast(type, inner))(many=True, **options)
        return serializers.ListField(child=_field(inner), **options)
    if is_dataclass(hint):
        return shape(cast(type, hint))(**options)
    return PLAIN[hint](**options)
