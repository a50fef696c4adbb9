"""Listening: what customers write to a person is judged, and nobody answers for the bot.

All open turns of the conversation are read in one go: under load a message costs less, not more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from escalation.assess import Assessment as Judgement
from escalation.assess import assess
from escalation.model import Scorer
from support import push
from support.handoff.holder import locked
from support.models import Assessment, Conversation, Holder, Turn, TurnState
from support.turns.claim import Claim
from support.turns.context import WINDOW, read
from support.turns.keep import assessment

RUN = 100
MAX_ATTEMPTS = 3
SETTLE = """
UPDATE support_turn SET state = 'done', outcome = 'listened'
WHERE conversation_id = %(conversation)s AND seq = ANY(%(seqs)s) AND state = 'open'
    AND EXISTS (SELECT FROM support_turn WHERE id = %(turn)s AND state = 'open' AND attempts = %(attempts)s)
RETURNING seq
"""


def listen(conversation: Conversation, claim: Claim, scorer: Scorer, step: Callable[[str], None]) -> bool:
    """Judge the claimed turn and the open ones after it, of a conversation that the bot does not hold.

    Returns:
        False when nothing was stored: the lease went to another worker, or the bot holds the conversation again.
    """
    run = _run(claim)
    judgements = tuple(_judge(conversation, claim, run, scorer, step))
    step("judged")
    with transaction.atomic():
        stored = _store(claim, run, {judgement.seq: judgement for judgement in judgements}, step)
    step("stored")
    return stored


def _run(claim: Claim) -> tuple[int, ...]:
    if claim.attempts > MAX_ATTEMPTS:  # a message that keeps killing its worker: it is passed over, not judged
        return (claim.seq,)
    opened = Turn.objects.filter(conversation=claim.conversation_id, state=TurnState.OPEN, seq__gte=claim.seq)
    return tuple(opened.order_by("seq").values_list("seq", flat=True)[:RUN])


def _judge(
    conversation: Conversation, claim: Claim, run: Sequence[int], scorer: Scorer, step: Callable[[str], None]
) -> Iterator[Judgement]:
    if claim.attempts > MAX_ATTEMPTS or not run:
        return
    context = read(conversation, replace(claim, seq=run[-1]), WINDOW + RUN)
    step("read")
    whole, earlier = context.transcript(None), [*context.probabilities]
    for seq in run:
        lines = tuple(line for line in whole.lines if line.seq <= seq)[-WINDOW:]
        judgement = assess(replace(whole, lines=lines, earlier=tuple(earlier[-WINDOW:])), scorer, context.limits)
        if seq > whole.boundary:
            earlier.append(judgement.probability)
        yield judgement


def _store(claim: Claim, run: Sequence[int], judged: dict[int, Judgement], step: Callable[[str], None]) -> bool:
    now = locked(claim.conversation_id)
    bot = now.holder == Holder.BOT
    settled = _settle(claim, [seq for seq in run if not bot or seq <= now.boundary])
    Assessment.objects.bulk_create(assessment(now.pk, judged[seq]) for seq in settled if seq in judged)
    step("assessed")
    if bot:  # handed back meanwhile: what was written after that is the bot's to answer
        Turn.objects.filter(pk=claim.turn_id, state=TurnState.OPEN, attempts=claim.attempts).update(free_at=Now())
    if settled:
        push.inbox_changed(now.inbox_id)
    return bool(settled)


def _settle(claim: Claim, seqs: Sequence[int]) -> list[int]:
    values: dict[str, Any] = {
        "conversation": claim.conversation_id,
        "seqs": list(seqs),
        "turn": claim.turn_id,
        "attempts": claim.attempts,
    }
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, values)
        return sorted(seq for (seq,) in cursor.fetchall())
