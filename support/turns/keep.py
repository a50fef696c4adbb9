"""What is stored of a turn: the engine's assessment, and how the bot fared."""

from __future__ import annotations

import logging
from uuid import UUID

from bots.reply import Answer, Unavailable
from escalation.assess import Assessment as Judgement
from support.models import Assessment, Turn, TurnState

logger = logging.getLogger(__name__)


def assessment(conversation_id: UUID, judgement: Judgement) -> Assessment:
    """The row of one judgement, yet to be stored."""
    return Assessment(
        conversation_id=conversation_id,
        seq=judgement.seq,
        probability=judgement.probability,
        base=judgement.base,
        sentiment=judgement.sentiment,
        complexity=judgement.complexity,
        mood=judgement.mood,
        action=judgement.decision.action,
        reasons=[reason.as_json() for reason in judgement.reasons],
        scorer=judgement.scorer_version,
        policy_number=judgement.policy_number,
    )


def finish(turn: Turn, answer: Answer, outcome: str, took_ms: float) -> None:
    """Close a turn that the bot was asked about."""
    turn.state = TurnState.DONE
    turn.outcome = outcome
    turn.asked = True
    turn.took_ms = took_ms
    if isinstance(answer, Unavailable):
        turn.failures = [f"bot: {answer.why}"]
        logger.warning("bot unavailable: %s %s", answer.why, answer.detail)
    else:
        understood = answer.understanding
        turn.intent = understood.intent or ""
        turn.confidence = understood.confidence
        turn.ranking = [list(pair) for pair in understood.ranking]
        turn.entities = dict(understood.entities)
        turn.fallback = understood.fallback
        turn.failures = list(understood.failures)
        turn.slots = dict(answer.slots)
        turn.memory = list(answer.memory)
        turn.model = answer.model
    turn.save()
