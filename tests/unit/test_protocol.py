"""The border of the sockets: what is taken, what is refused and why, and what goes out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.protocol import BadFrame, Frame, agent, customer, dump, parse, parts
from support.protocol.agent import FROM_AGENT, TO_AGENT
from support.protocol.customer import FROM_CUSTOMER, TO_CUSTOMER
from support.protocol.frames import MAX_BODY, MAX_FRAME, VERSION
from support.protocol.typescript import DIRECTIONS, SHAPES, typescript

INCOMING: list[Mapping[str, type[Frame]]] = [FROM_CUSTOMER, FROM_AGENT]
TAKEN = [
    (FROM_CUSTOMER, {"type": "hello", "version": 1}, customer.Hello(1, after=0)),
    (FROM_CUSTOMER, {"type": "hello", "after": 2**31 - 1, "version": 7}, customer.Hello(7, after=2**31 - 1)),
    (FROM_CUSTOMER, {"type": "send", "client_id": "a", "body": " 😀\n"}, customer.Send("a", " 😀\n")),
    (FROM_CUSTOMER, {"type": "send", "client_id": "a", "body": "b", "pressed": "/p"}, customer.Send("a", "b", "/p")),
    (
        FROM_CUSTOMER,
        {"type": "send", "client_id": "i" * 64, "body": "x" * MAX_BODY},
        customer.Send("i" * 64, "x" * MAX_BODY),
    ),
    (FROM_CUSTOMER, {"type": "stop_waiting"}, customer.StopWaiting()),
    (FROM_CUSTOMER, {"type": "finish"}, customer.Finish()),
    (FROM_CUSTOMER, {"type": "rate", "score": 5}, customer.Rate(5, comment="")),
    (FROM_CUSTOMER, {"type": "ping"}, customer.Ping()),
    (FROM_AGENT, {"type": "hello", "version": 1}, agent.Hello(1)),
    (FROM_AGENT, {"type": "open", "conversation": "c", "after": 3}, agent.Open("c", after=3)),
    (FROM_AGENT, {"type": "send", "conversation": "c", "client_id": "a", "body": "b"}, agent.Send("c", "a", "b")),
]
SEND = {"type": "send", "client_id": "a", "body": "b"}
REFUSED: list[tuple[str | dict[str, Any] | None, str]] = [
    (None, "not_text"),
    ("", "not_json"),
    ("{]", "not_json"),
    ("[" * 9_000, "not_json"),
    ('{"type": ' + "1" * 9_000 + "}", "not_json"),  # more digits than Python takes
    ("x" * (MAX_FRAME + 1), "too_large"),
    ("€" * (MAX_FRAME // 3 + 1), "too_large"),  # bytes count, not characters
    ("null", "not_an_object"),
    ("[1]", "not_an_object"),
    ({}, "unknown_type"),
    ({"type": None}, "unknown_type"),
    ({"type": {"a": []}}, "unknown_type"),
    ({"type": "welcome"}, "unknown_type"),  # of the other direction
    ({"type": "ping", "at": 1}, "unknown_field"),
    ({"type": "ping", "\ud83d": 1}, "unknown_field"),
    ({"type": "send", "client_id": "a"}, "missing_field"),
    ({"type": "hello"}, "missing_field"),
    ({**SEND, "body": ["b"]}, "wrong_type"),
    ({**SEND, "body": None}, "wrong_type"),
    ({"type": "hello", "version": "1"}, "wrong_type"),
    ({"type": "hello", "version": 1.0}, "wrong_type"),
    ({"type": "hello", "version": True}, "wrong_type"),
    ({**SEND, "body": ""}, "out_of_range"),
    ({**SEND, "body": "x" * (MAX_BODY + 1)}, "out_of_range"),
    ({**SEND, "client_id": ""}, "out_of_range"),
    ({**SEND, "client_id": "x" * 65}, "out_of_range"),
    ({**SEND, "pressed": "x" * 201}, "out_of_range"),
    ({"type": "hello", "version": 1, "after": -1}, "out_of_range"),
    ({"type": "hello", "version": 1, "after": 2**31}, "out_of_range"),
    ({"type": "rate", "score": 0}, "out_of_range"),
    ({"type": "rate", "score": 6}, "out_of_range"),
    ({**SEND, "body": " \n\t\u2003"}, "blank"),
    ({**SEND, "client_id": " "}, "blank"),
    ({**SEND, "body": "nul \x00"}, "bad_text"),
    ({**SEND, "body": "half \ud83d"}, "bad_text"),
    ({**SEND, "pressed": "\udc00"}, "bad_text"),
]


@pytest.mark.parametrize(("allowed", "raw", "frame"), TAKEN, ids=lambda value: str(value)[:40])
def test_a_right_frame_is_taken_as_what_it_is(
    allowed: Mapping[str, type[Frame]], raw: dict[str, Any], frame: Frame
) -> None:
    assert parse(json.dumps(raw, ensure_ascii=False), allowed) == frame


@pytest.mark.parametrize(
    ("raw", "code"), REFUSED, ids=lambda value: str(value)[:40].encode("ascii", "replace").decode()
)
def test_a_wrong_frame_is_refused_by_name(raw: str | dict[str, Any] | None, code: str) -> None:
    text = json.dumps(raw) if isinstance(raw, dict) else raw
    with pytest.raises(BadFrame) as refused:
        parse(text, FROM_CUSTOMER)
    assert refused.value.code == code
    dump(customer.Error(code, refused.value.detail)).encode()  # the complaint itself can be sent


def test_the_largest_frame_is_taken_and_one_byte_more_is_not() -> None:
    raw = json.dumps({"type": "ping"})
    assert parse(raw.ljust(MAX_FRAME), FROM_CUSTOMER) == customer.Ping()
    with pytest.raises(BadFrame, match=str(MAX_FRAME)):
        parse(raw.ljust(MAX_FRAME + 1), FROM_CUSTOMER)


def test_the_longest_message_of_the_widest_characters_fits_into_a_frame() -> None:
    raw = json.dumps({**SEND, "client_id": "i" * 64, "body": "😀" * MAX_BODY}, ensure_ascii=False)
    assert parse(raw, FROM_CUSTOMER) == customer.Send("i" * 64, "😀" * MAX_BODY)


def test_a_complaint_says_which_field_is_wrong_and_what_is_allowed() -> None:
    with pytest.raises(BadFrame, match=r"^rate.score must have 1 to 5, not 9\.$"):
        parse('{"type": "rate", "score": 9}', FROM_CUSTOMER)
    with pytest.raises(
        BadFrame, match=r"^Unknown type 'fly'\. Known: finish, hello, ping, rate, send, stop_waiting\.$"
    ):
        parse('{"type": "fly"}', FROM_CUSTOMER)


def names_of(shape: Any) -> list[str]:
    return [field.name for field in fields(shape)]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(
    sorted({name for allowed in INCOMING for frame in allowed.values() for name in names_of(frame)})
)
nearly = st.builds(
    lambda kind, rest: json.dumps({"type": kind, **rest}),
    st.sampled_from(sorted({*FROM_CUSTOMER, *FROM_AGENT})) | anything,
    st.dictionaries(names | st.text(), anything, max_size=4),
)


@given(raw=st.text() | anything.map(json.dumps) | nearly, allowed=st.sampled_from(INCOMING))
def test_whatever_comes_is_a_frame_or_a_bad_frame(raw: str, allowed: Mapping[str, type[Frame]]) -> None:
    try:
        frame = parse(raw, allowed)
    except BadFrame as bad:
        dump(customer.Error(bad.code, bad.detail)).encode()
    else:
        assert type(frame) is allowed[frame.type]


@pytest.mark.parametrize("depth", [100, 500, 900, 1_500, 4_000])
def test_no_depth_of_nesting_breaks_the_border(depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"type":', "}")):
        with pytest.raises(BadFrame):
            parse('{"type":' + opening * depth + "1" + closing * depth + "}", FROM_CUSTOMER)


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a shape's own types, except the numbers that JSON does not have."""
    made: Any = hint
    if is_dataclass(hint):
        hints = get_type_hints(made)
        return st.builds(made, **{field.name: of_type(hints[field.name]) for field in fields(hint)})
    if hint is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    parts_of = get_args(made)
    if get_origin(made) is tuple:
        return st.lists(of_type(parts_of[0]), max_size=2).map(tuple)
    if get_origin(made) in (Union, UnionType):
        return st.one_of(*map(of_type, parts_of))
    return st.from_type(made)


def plain(value: Any) -> Any:
    """What JSON must give back, written here once more and by other means."""
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


OUTGOING = [*TO_CUSTOMER.values(), *TO_AGENT.values()]


@pytest.mark.parametrize("kind", OUTGOING, ids=lambda kind: f"{kind.__module__.rpartition('.')[2]}.{kind.type}")
@given(data=st.data())
def test_what_goes_out_is_json_with_every_field_under_its_name(kind: type[Frame], data: st.DataObject) -> None:
    frame = data.draw(of_type(kind))
    text = dump(frame)
    assert json.loads(text.encode()) == {"type": kind.type, **plain(frame)}
    assert "\n" not in text


def test_outgoing_text_is_not_escaped_into_six_bytes_a_letter() -> None:
    assert dump(customer.Refused("a", "x", "żółw")) == (
        '{"type":"refused","client_id":"a","code":"x","detail":"żółw","retry_s":0}'
    )


def test_the_typescript_has_every_frame_of_every_direction_with_every_field() -> None:
    text = typescript()
    assert f"export const VERSION = {VERSION};" in text
    for name, frames in DIRECTIONS:
        union = re.search(rf"export type {name} =\n((?:  \| .*\n?)+)", text)
        assert union, name
        variants = dict(re.findall(r'\{ type: "(\w+)"(.*?) \}', union[1]))
        assert set(variants) == set(frames)
        for kind, frame in frames.items():
            members = re.findall(r"; (\w+): ", variants[kind])
            assert members == names_of(frame), f"{name}.{kind}"


def test_the_typescript_has_every_shape_with_every_field() -> None:
    declared = {shape for shape in vars(parts).values() if is_dataclass(shape)}
    assert set(SHAPES) == declared
    for shape in SHAPES:
        body = re.search(rf"export interface {shape.__name__} \{{\n(.*?)\n\}}", typescript(), re.DOTALL)
        assert body, shape.__name__
        assert re.findall(r"^  (\w+): ", body[1], re.MULTILINE) == names_of(shape)


def test_the_typescript_names_what_may_be_null_and_what_is_a_list() -> None:
    text = typescript()
    for member in (
        "  place: number | null;",
        "  buttons: Button[];",
        '  availability: "available" | "away";',
        "  why: Why | null;",
    ):
        assert member in text
    assert 'export type HolderName = "bot" | "queue" | "agent" | "nobody";' in text
