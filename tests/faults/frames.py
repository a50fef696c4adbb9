"""What no client of ours sends: frames beyond the protocol, and bytes beyond RFC 6455."""

from __future__ import annotations

import json

DEEP = "[" * 8000
VERSION = {"type": "hello", "version": 1}

# Each is answered by an error of this code, and the connection lives.
ANSWERED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "not_json"),
    "binary": (b'{"type": "ping"}', "not_text"),
    "no JSON": ("{", "not_json"),
    "deep": (DEEP, "not_json"),
    "deep and whole": (DEEP + "]" * 8000, "not_json"),
    "a list": ("[]", "not_an_object"),
    "a number": ("1e999", "not_an_object"),
    "null": ("null", "not_an_object"),
    "no type": ("{}", "unknown_type"),
    "an unknown type": ('{"type": "shutdown"}', "unknown_type"),
    "a type that is no text": ('{"type": {"$gt": ""}}', "unknown_type"),
    "a frame of the other direction": ('{"type": "accepted", "client_id": "a", "seq": 1}', "unknown_type"),
    "an unknown field": (json.dumps({**VERSION, "admin": True}), "unknown_field"),
    "no version": ('{"type": "hello"}', "missing_field"),
    "a version that is a text": ('{"type": "hello", "version": "1"}', "wrong_type"),
    "a version that is true": ('{"type": "hello", "version": true}', "wrong_type"),
    "an after that is a fraction": ('{"type": "hello", "version": 1, "after": 1.5}', "wrong_type"),
    "an after below nothing": ('{"type": "hello", "version": 1, "after": -1}', "out_of_range"),
    "a body that is an object": ('{"type": "send", "client_id": "a", "body": {}}', "wrong_type"),
    "a body of nothing": ('{"type": "send", "client_id": "a", "body": ""}', "out_of_range"),
    "a body of spaces": ('{"type": "send", "client_id": "a", "body": "  "}', "blank"),
    "a body too long": (json.dumps({"type": "send", "client_id": "a", "body": "x" * 4001}), "out_of_range"),
    "a body with NUL": ('{"type": "send", "client_id": "a", "body": "a\\u0000b"}', "bad_text"),
    "half a character": ('{"type": "send", "client_id": "a", "body": "\\ud800"}', "bad_text"),
    "a frame too large": (json.dumps({"type": "send", "client_id": "a", "body": "x" * 20_000}), "too_large"),
}

PING = b'{"type": "ping"}'


def frame(first: int, payload: bytes, mask: int = 0x80) -> bytes:
    """A frame of a client with this first byte (RFC 6455, 5.2); a mask of zeros changes nothing."""
    size = len(payload)
    if size < 126:
        length = bytes([mask | size])
    elif size < 65536:
        length = bytes([mask | 126]) + size.to_bytes(2)
    else:
        length = bytes([mask | 127]) + size.to_bytes(8)
    return bytes([first]) + length + (bytes(4) if mask else b"") + payload


DROPPED = 1006

# Each ends the connection that sent it: with this code, or at once (RFC 6455, 7.1.7 leaves the choice).
CLOSED: dict[str, tuple[bytes, int]] = {
    "bad UTF-8": (frame(0x81, b"\xff\xfe"), 1007),
    "half a UTF-8 character at the end": (frame(0x81, '"ü'.encode()[:-1]), 1007),
    "no mask": (frame(0x81, PING, mask=0), 1002),
    "a reserved opcode": (frame(0x83, PING), 1002),
    "a reserved bit": (frame(0xC1, PING), 1002),
    "a continuation of nothing": (frame(0x80, PING), 1002),
    "a fragmented ping": (frame(0x09, b"x"), 1002),
    "a message beyond all measure": (frame(0x81, b"x" * (64 * 1024 + 1)), 1009),
    "a message beyond all measure in fragments": (frame(0x01, b"x" * 40_000) + frame(0x80, b"x" * 40_000), 1009),
}
