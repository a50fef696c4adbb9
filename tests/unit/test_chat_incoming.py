"""Reading frames from the service."""

import pytest

from support.demo.terminal.incoming import StrangeFrame, read
from support.protocol import Frame, dump
from support.protocol.customer import (
    TO_CUSTOMER,
    Accepted,
    Error,
    Heartbeat,
    Lines,
    Refused,
    Resync,
    State,
    Welcome,
)
from support.protocol.parts import Button, CustomerState, Line

QUEUED = CustomerState("queue", None, 2, 170, False)
GREETING = Line(1, "bot", "Tarn", "Hello.", "2026-11-09T10:02:00Z", "", "", (Button("Hours", "/opening_hours"),))
FRAMES = (
    Welcome(1, "c", "Tarnwood", "Tarn", 4, 15, QUEUED),
    Lines((GREETING,), more=False),
    Resync(),
    Accepted("m1", 2),
    Refused("m1", "closed", "This chat has ended."),
    Error("not_json", "That is not JSON."),
    State(QUEUED),
    Heartbeat(4),
)


def test_the_samples_are_all_frames_that_the_service_sends() -> None:
    assert {frame.type for frame in FRAMES} == set(TO_CUSTOMER)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.type)
def test_a_frame_is_read_as_it_was_written(frame: Frame) -> None:
    assert read(dump(frame)) == frame


@pytest.mark.parametrize("raw", ["", "[]", "7", "{}", '{"type": "party"}', '{"type": "accepted", "seq": 1}'])
def test_an_unknown_frame_is_an_error_and_not_silence(raw: str) -> None:
    with pytest.raises(StrangeFrame):
        read(raw)
