"""Into the queue and out of it without a person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from escalation.assess import Assessment as Judgement
from escalation.policy import Action
from escalation.service_level import due_at
from support import presence
from support.handoff import wording
from support.handoff.holder import locked, not_any_more, pass_on
from support.models import Assignment, Cause, Conversation, Handoff, HandoffState, Holder


def escalate(conversation: Conversation, judgement: Judgement, threshold: float, bot_down: bool) -> Handoff:
    """Bot to queue, with the engine's reasons unchanged. The caller holds the row's lock and checked the holder."""
    if conversation.holder != Holder.BOT or judgement.decision.action != Action.ESCALATE:
        raise ValueError("only a conversation that the bot holds can be escalated, on a decision to escalate")
    now = timezone.now()
    kind = judgement.decision.primary
    handoff = Handoff.objects.create(
        conversation=conversation,
        seq=judgement.seq,
        priority=judgement.decision.priority,
        main_kind=kind or "bot_failure",
        probability=judgement.probability,
        base=judgement.base,
        threshold=threshold,
        reasons=[reason.as_json() for reason in judgement.reasons],
        policy_number=judgement.policy_number,
        due_at=due_at(now, conversation.inbox.target_s),
        give_up_at=now + timedelta(seconds=conversation.inbox.give_up_s),
    )
    told = wording.escalated(kind, bot_down, presence.agents_available(conversation.inbox_id))
    pass_on(conversation, Holder.QUEUE, Cause.ESCALATED, told)
    return handoff


@transaction.atomic
def stop_waiting(conversation_id: UUID) -> None:
    """The customer leaves the queue: abandoned.

    Raises:
        Conflict: the conversation is not waiting (any more).
    """
    found = locked(conversation_id)
    if found.holder != Holder.QUEUE:
        raise not_any_more(found)
    end(found, HandoffState.ABANDONED)
    pass_on(found, Holder.BOT, Cause.STOPPED_WAITING, wording.stopped_waiting(found.inbox.bot_name))


def expire(conversation: Conversation) -> None:
    """Nobody came within the queue limit. The caller holds the row's lock and saw that it waits."""
    end(conversation, HandoffState.EXPIRED)
    pass_on(conversation, Holder.BOT, Cause.EXPIRED, wording.expired(conversation.inbox.bot_name))


def requeue(conversation: Conversation) -> None:
    """The agent vanished: back to the front of the queue, once. The caller holds the row's lock and saw who holds it."""
    assignment = Assignment.objects.select_related("agent").get(conversation=conversation, ended_at=None)
    Assignment.objects.filter(pk=assignment.pk).update(ended_at=Now())
    Handoff.objects.filter(pk=assignment.handoff_id).update(
        state=HandoffState.WAITING,
        priority=1,
        give_up_at=timezone.now() + timedelta(seconds=conversation.inbox.give_up_s),
    )
    told = wording.vanished(assignment.agent.name)
    pass_on(conversation, Holder.QUEUE, Cause.VANISHED, told, agent=assignment.agent)


def end(conversation: Conversation, state: HandoffState) -> None:
    """End the open handoff and the open assignment of a locked conversation, if there are any."""
    Assignment.objects.filter(conversation=conversation, ended_at=None).update(ended_at=Now())
    Handoff.objects.filter(conversation=conversation, state__in=(HandoffState.WAITING, HandoffState.ASSIGNED)).update(
        state=state, ended_at=Now()
    )
