"""Decisions of the engine, for tests that are not about it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from escalation.assess import Assessment, assess
from escalation.model import RuleScorer
from escalation.policy import Policy
from escalation.transcript import Line, Transcript
from support import handoff
from support.handoff.holder import locked
from support.models import Handoff

SCORER = RuleScorer()


def asked_for_a_person(seq: int, text: str = "I want to talk to a person") -> Assessment:
    """What the engine says to a plain request."""
    return assess(Transcript(lines=(Line(seq, "customer", text),)), SCORER, Policy(number=1))


def escalate(conversation_id: UUID, seq: int) -> Handoff:
    """Put a conversation into the queue as a turn would."""
    with transaction.atomic():
        return handoff.escalate(locked(conversation_id), asked_for_a_person(seq), 0.65, bot_down=False)
