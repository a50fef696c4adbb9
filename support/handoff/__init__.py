"""Handoff: the passage between bot, queue and person. The only writer of a conversation's holder."""

from support.handoff.ending import finish, quiet, rate
from support.handoff.holder import Conflict
from support.handoff.people import accept, hand_back, reply, resolve, set_availability, take_over
from support.handoff.queue import escalate, expire, requeue, stop_waiting
from support.handoff.visit import open_visit, present_conversation

__all__ = [
    "Conflict",
    "accept",
    "escalate",
    "expire",
    "finish",
    "hand_back",
    "open_visit",
    "present_conversation",
    "quiet",
    "rate",
    "reply",
    "requeue",
    "resolve",
    "set_availability",
    "stop_waiting",
    "take_over",
]
