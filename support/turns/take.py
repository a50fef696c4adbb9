"""Taking one turn: ask the bot, judge, and store everything that follows in one transaction.

No transaction is open while the bot thinks. What it says is stored only if the bot still holds the conversation and
the lease is still this worker's; a worker killed at any step leaves either nothing or everything.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import StrEnum

from django.db import transaction

from bots.reply import Answer, Bot, Reply, Silence, Unavailable, Why
from escalation.assess import Assessment as Judgement
from escalation.assess import assess
from escalation.model import Scorer
from escalation.policy import Action
from support import handoff, log
from support.handoff import wording
from support.handoff.holder import locked
from support.models import Assessment, Author, Conversation, Holder, Turn, TurnState
from support.protocol.parts import Button
from support.turns.claim import Claim
from support.turns.context import Context, read

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
Step = Callable[[str], None]


class Outcome(StrEnum):
    """What came of a turn; stored with it."""

    REPLIED = "replied"
    ESCALATED = "escalated"
    SPEECHLESS = "speechless"
    UNAVAILABLE = "unavailable"
    LISTENED = "listened"
    DISCARDED = "discarded"
    LOST = "lost"


def take(claim: Claim, bot: Bot, scorer: Scorer, step: Step = logger.debug) -> Outcome:
    """Take a claimed turn to its end.

    Args:
        step: is told the name of each step when it is done: read, asked, judged, assessed, answered, stored.

    Returns:
        LOST when the lease went to another worker meanwhile: nothing was stored.
    """
    context = read(claim)
    step("read")
    started = time.monotonic()
    answer = _ask(context, claim, bot)
    took_ms = (time.monotonic() - started) * 1000
    step("asked")
    judgement = assess(context.transcript(answer), scorer, context.conversation.inbox.limits())
    step("judged")
    with transaction.atomic():
        outcome = _store(claim, context, answer, judgement, took_ms, step)
    step("stored")
    return outcome


def _ask(context: Context, claim: Claim, bot: Bot) -> Answer | None:
    if context.conversation.holder != Holder.BOT:
        return None
    if claim.attempts > MAX_ATTEMPTS:  # a turn that keeps killing its worker must not stop the line
        return Unavailable(Why.REFUSED, f"given up after {MAX_ATTEMPTS} attempts")
    return bot.answer(context.ask(claim.turn_id))


def _store(
    claim: Claim, context: Context, answer: Answer | None, judgement: Judgement, took_ms: float, step: Step
) -> Outcome:
    conversation = locked(claim.conversation_id)
    turn = Turn.objects.select_for_update().get(pk=claim.turn_id)
    if turn.state == TurnState.DONE or turn.attempts != claim.attempts:
        return Outcome.LOST
    _keep_assessment(conversation, judgement)
    step("assessed")
    outcome = _act(conversation, claim, context, answer, judgement)
    step("answered")
    _keep_turn(turn, answer, outcome, took_ms)
    return outcome


def _act(
    conversation: Conversation, claim: Claim, context: Context, answer: Answer | None, judgement: Judgement
) -> Outcome:
    if conversation.holder != Holder.BOT:
        # A person took over while the bot thought, or held it all along: the bot's words are not shown.
        return Outcome.LISTENED if answer is None else Outcome.DISCARDED
    if answer is None:  # written to a person, who handed back while this turn was read
        return Outcome.LISTENED
    if judgement.decision.action == Action.ESCALATE:
        threshold = context.conversation.inbox.policy.theta_on
        handoff.escalate(conversation, judgement, threshold, bot_down=isinstance(answer, Unavailable))
        return Outcome.UNAVAILABLE if isinstance(answer, Unavailable) else Outcome.ESCALATED
    outcome = _speak(conversation, claim, answer)
    if judgement.decision.action == Action.OFFER:
        buttons = (Button("Yes, get me a person", ""), Button("No, go on", ""))
        log.append(
            conversation.pk, Author.BOT, f"turn-{claim.turn_id}-offer", wording.OFFER, event="offer", buttons=buttons
        )
    return outcome


def _speak(conversation: Conversation, claim: Claim, answer: Answer) -> Outcome:
    if not isinstance(answer, Reply):
        log.append(conversation.pk, Author.BOT, f"turn-{claim.turn_id}-0", wording.SPEECHLESS)
        return Outcome.SPEECHLESS if isinstance(answer, Silence) else Outcome.UNAVAILABLE
    for number, utterance in enumerate(answer.utterances):
        buttons = [Button(button.title, button.payload) for button in utterance.buttons]
        log.append(conversation.pk, Author.BOT, f"turn-{claim.turn_id}-{number}", utterance.text, buttons=buttons)
    return Outcome.REPLIED


def _keep_assessment(conversation: Conversation, judgement: Judgement) -> None:
    Assessment.objects.create(
        conversation=conversation,
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


def _keep_turn(turn: Turn, answer: Answer | None, outcome: Outcome, took_ms: float) -> None:
    turn.state = TurnState.DONE
    turn.outcome = outcome
    turn.asked = answer is not None
    turn.took_ms = took_ms if answer is not None else 0
    if isinstance(answer, Unavailable):
        turn.failures = [f"bot: {answer.why}"]
        logger.warning("bot unavailable: %s %s", answer.why, answer.detail)
    elif answer is not None:
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
