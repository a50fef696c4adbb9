"""What agents do: accept, take over, hand back, resolve."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from support import log, push
from support.handoff import wording
from support.handoff.holder import Conflict, locked, not_any_more, pass_on
from support.handoff.queue import end
from support.models import Agent, Assignment, Author, Cause, Conversation, Disposition, Handoff, HandoffState, Holder


@transaction.atomic
def accept(conversation_id: UUID, agent_id: int) -> None:
    """Take a waiting conversation: one winner, the others are told.

    Raises:
        Conflict: ``taken`` or ``at_capacity``.
    """
    agent = _with_room(agent_id)
    found = locked(conversation_id)
    if found.holder != Holder.QUEUE:
        raise not_any_more(found)
    won = Handoff.objects.filter(conversation=found, state=HandoffState.WAITING).update(
        state=HandoffState.ASSIGNED, accepted_at=Coalesce("accepted_at", Now())
    )
    if won != 1:
        raise AssertionError("a conversation in the queue has one waiting handoff")
    _assign(found, agent)
    pass_on(found, Holder.AGENT, Cause.ACCEPTED, wording.joined(agent.name), agent=agent)


@transaction.atomic
def take_over(conversation_id: UUID, agent_id: int) -> None:
    """Step into a conversation that the bot holds, unasked.

    Raises:
        Conflict: ``taken`` or ``at_capacity``.
    """
    agent = _with_room(agent_id)
    found = locked(conversation_id)
    if found.holder != Holder.BOT:
        raise not_any_more(found)
    now = timezone.now()
    Handoff.objects.create(
        conversation=found,
        seq=found.last_seq,
        state=HandoffState.ASSIGNED,
        priority=3,
        main_kind="taken_over",
        policy_number=found.inbox.policy.number,
        asked_by_agent=True,
        due_at=now,
        give_up_at=now,
        accepted_at=now,
    )
    _assign(found, agent)
    pass_on(found, Holder.AGENT, Cause.TAKEN_OVER, wording.stepped_in(agent.name), agent=agent)


def reply(conversation_id: UUID, agent_id: int, client_id: str, body: str) -> log.Stored:
    """Append an agent's line; the first one of a handoff is its first response.

    Raises:
        log.Refused: this agent does not hold the conversation, or the client_id was used for another text.
    """
    return log.append(conversation_id, Author.AGENT, client_id, body, agent_id=agent_id)


@transaction.atomic
def hand_back(conversation_id: UUID, agent_id: int, note: str) -> None:
    """Person to bot. Writes the boundary: what counted until now cannot escalate again.

    Args:
        note: what the bot should know; it is told at its next turn.

    Raises:
        Conflict: this agent does not hold the conversation.
    """
    found = _mine(conversation_id, agent_id)
    agent = Agent.objects.get(pk=agent_id)
    end(found, HandoffState.HANDED_BACK)
    told = wording.handed_back(agent.name, found.inbox.bot_name)
    pass_on(found, Holder.BOT, Cause.HANDED_BACK, told, agent=agent, note=note)


@transaction.atomic
def resolve(conversation_id: UUID, agent_id: int, disposition: Disposition) -> None:
    """Close it and say how it ended.

    Raises:
        Conflict: this agent does not hold the conversation.
    """
    found = _mine(conversation_id, agent_id)
    agent = Agent.objects.get(pk=agent_id)
    end(found, HandoffState.RESOLVED)
    told = wording.resolved(agent.name)
    pass_on(found, Holder.NOBODY, Cause.RESOLVED, told, agent=agent, disposition=disposition)


def set_availability(agent_id: int, availability: str) -> None:
    """What the agent declares; what they hold stays with them."""
    Agent.objects.filter(pk=agent_id).update(availability=availability)
    for inbox_id in Agent.objects.get(pk=agent_id).inboxes.values_list("pk", flat=True):
        push.inbox_changed(inbox_id)


def _with_room(agent_id: int) -> Agent:
    # The agent's row is locked before the conversation's, always in this order, so that two accepts of one agent
    # cannot both see the last free place. Without the key: rows that name the agent may be written meanwhile.
    agent = Agent.objects.select_for_update(no_key=True).get(pk=agent_id)
    load = Assignment.objects.filter(agent=agent, ended_at=None).count()
    if load >= agent.capacity:
        raise Conflict("at_capacity", f"You hold {load} of {agent.capacity}. Resolve or hand back one first.")
    return agent


def _mine(conversation_id: UUID, agent_id: int) -> Conversation:
    found = locked(conversation_id)
    if found.holder != Holder.AGENT or found.agent_id != agent_id:
        raise not_any_more(found)
    return found


def _assign(conversation: Conversation, agent: Agent) -> None:
    handoff = Handoff.objects.get(conversation=conversation, state=HandoffState.ASSIGNED)
    Assignment.objects.create(conversation=conversation, handoff=handoff, agent=agent)
