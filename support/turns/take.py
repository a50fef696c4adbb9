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

from bots.reply import Answer, Bot, Unavailable, Why
from escalation.assess import Assessment as Judgement
from escalation.assess import assess
from escalation.model import Scorer
from escalation.policy import Action
from support import handoff
from support.handoff.holder import locked
from support.models import Conversation, Holder, Turn, TurnState
from support.turns.claim import Claim
from support.turns.context import Context, conversation_of, read
from support.turns.keep import assessment, finish
from support.turns.listen import MAX_ATTEMPTS, listen
from support.turns.speak import speak

logger = logging.getLogger(__name__)
Step = Callable[[str], None]


class Outcome(StrEnum):
    """What came of a turn; stored with it."""

    REPLIED = "replied"
    ESCALATED = "escalated"
    SPEECHLESS = "speechless"
    UNAVAILABLE = "unavailable"
    LISTENED = "listened"
    OVERTAKEN = "overtaken"
    DISCARDED = "discarded"
    LOST = "lost"


def take(claim: Claim, bot: Bot, scorer: Scorer, step: Step = logger.debug) -> Outcome:
    """Take a claimed turn to its end.

    Args:
        step: is told the name of each step when it is done: read, asked, judged, assessed, answered, stored.

    Returns:
        LOST when the lease went to another worker meanwhile: nothing was stored.
    """
    conversation = conversation_of(claim)
    if conversation.holder != Holder.BOT:
        return Outcome.LISTENED if listen(conversation, claim, scorer, step) else Outcome.LOST
    context = read(conversation, claim)
    step("read")
    started = time.monotonic()
    answer = _ask(context, claim, bot)
    took_ms = (time.monotonic() - started) * 1000
    step("asked")
    judgement = assess(context.transcript(answer), scorer, context.limits)
    step("judged")
    with transaction.atomic():
        outcome = _store(claim, context, answer, judgement, took_ms, step)
    step("stored")
    return outcome


def _ask(context: Context, claim: Claim, bot: Bot) -> Answer:
    if claim.attempts > MAX_ATTEMPTS:  # a turn that keeps killing its worker must not stop the line
        return Unavailable(Why.REFUSED, f"given up after {MAX_ATTEMPTS} attempts")
    return bot.answer(context.ask(claim.turn_id))


def _store(claim: Claim, context: Context, answer: Answer, judgement: Judgement, took_ms: float, step: Step) -> Outcome:
    conversation = locked(claim.conversation_id)
    turn = Turn.objects.select_for_update().get(pk=claim.turn_id)
    if turn.state == TurnState.DONE or turn.attempts != claim.attempts:
        return Outcome.LOST
    assessment(conversation.pk, judgement).save()
    step("assessed")
    outcome = _act(conversation, claim, context, answer, judgement)
    step("answered")
    finish(turn, answer, outcome, took_ms)
    return outcome


def _act(conversation: Conversation, claim: Claim, context: Context, answer: Answer, judgement: Judgement) -> Outcome:
    if conversation.holder != Holder.BOT:  # a person took over while the bot thought: its words are not shown
        return Outcome.DISCARDED
    if judgement.decision.action == Action.ESCALATE:
        threshold = context.conversation.inbox.policy.theta_on
        handoff.escalate(conversation, judgement, threshold, bot_down=isinstance(answer, Unavailable))
        return Outcome.UNAVAILABLE if isinstance(answer, Unavailable) else Outcome.ESCALATED
    return Outcome(speak(conversation, claim, answer, offer=judgement.decision.action == Action.OFFER))
