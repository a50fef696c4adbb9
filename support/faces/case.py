"""One conversation as an agent sees it: who held it, why a person is needed, what is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from escalation import card
from escalation.reasons import Reason as StoredReason
from escalation.transcript import BotView, Line, Transcript
from support.faces.rows import chips, iso
from support.models import Assessment, Author, Conversation, Handoff, HolderChange, Message, Rating, Turn, TurnState
from support.protocol import parts

FIRST, LATEST = 20, 100  # lines of a long conversation that the card sums up: where it began, and where it is now
SPOKEN = (Author.CUSTOMER, Author.BOT, Author.AGENT)


def case(conversation_id: UUID, agent_id: int) -> parts.Case:
    """Everything but the lines. Eight queries."""
    found = Conversation.objects.select_related("inbox", "customer", "agent").get(pk=conversation_id)
    messages = list(Message.objects.filter(conversation=found).order_by("seq"))
    turns = list(Turn.objects.filter(conversation=found, state=TurnState.DONE).order_by("seq"))
    slots: dict[str, str] = next((turn.slots for turn in reversed(turns) if turn.slots), {})
    summary = card.summarise(_transcript([*messages[:FIRST], *messages[FIRST:][-LATEST:]], turns), slots)
    rating = Rating.objects.filter(conversation=found).values_list("score", flat=True).first()
    return parts.Case(
        id=str(found.pk),
        customer=found.customer.name,
        inbox=found.inbox.name,
        bot=found.inbox.bot_name,
        holder=found.holder,  # type: ignore[arg-type]
        agent=found.agent.name if found.agent else None,
        mine=found.agent_id == agent_id,
        last_seq=found.last_seq,
        opened_at=found.opened_at.isoformat(),
        closed_at=iso(found.closed_at),
        disposition=found.disposition,
        rating=rating,
        track=_track(found),
        why=_why(found, {message.seq: message.body for message in messages}),
        goal=_sourced(summary.goal),
        tried=tuple(parts.Tried(tried.text, tried.outcome, tried.sources) for tried in summary.tried),
        points=tuple(parts.Sourced(point.text, point.sources) for point in summary.points),
        slots=tuple(parts.Slot(name, value) for name, value in slots.items()),
        scores=_scores(found),
        turns=tuple(_turn(turn) for turn in turns if turn.asked),
    )


def _transcript(messages: Sequence[Message], turns: Sequence[Turn]) -> Transcript:
    lines = tuple(Line(line.seq, line.author, line.body) for line in messages if line.author in SPOKEN)  # type: ignore[arg-type]
    replies: dict[str, list[str]] = {}
    for line in messages:
        if line.author == Author.BOT:
            replies.setdefault(line.client_id.rpartition("-")[0], []).append(line.body)
    views = {
        turn.seq: BotView(
            intent=turn.intent or None,
            confidence=turn.confidence,
            entities=turn.entities,
            fallback=turn.fallback,
            failures=tuple(turn.failures),
            replies=tuple(replies.get(f"turn-{turn.pk}", ())),
            available=turn.outcome != "unavailable",
        )
        for turn in turns
        if turn.asked
    }
    return Transcript(lines=lines, views=views)


def _sourced(found: card.Sourced | None) -> parts.Sourced | None:
    return parts.Sourced(found.text, found.sources) if found else None


def _track(found: Conversation) -> tuple[parts.Stretch, ...]:
    changes = list(HolderChange.objects.filter(conversation=found).select_related("agent").order_by("number"))
    ends = [iso(change.at) for change in changes[1:]] + [None]
    return tuple(
        parts.Stretch(
            holder=change.after,  # type: ignore[arg-type]
            name=change.agent.name if change.agent and change.after == "agent" else None,
            since=change.at.isoformat(),
            until=end,
            cause=change.cause,
        )
        for change, end in zip(changes, ends, strict=True)
    )


def _why(found: Conversation, bodies: dict[int, str]) -> parts.Why | None:
    handoff = Handoff.objects.filter(conversation=found).order_by("-enqueued_at").first()
    if handoff is None:
        return None
    return parts.Why(
        handoff=handoff.pk,
        seq=handoff.seq,
        state=handoff.state,  # type: ignore[arg-type]
        priority=handoff.priority,
        score=handoff.probability,
        base=handoff.base,
        threshold=handoff.threshold,
        policy=handoff.policy_number,
        taken_over=handoff.asked_by_agent,
        reasons=tuple(_reason(stored, bodies) for stored in handoff.reasons),
        enqueued_at=handoff.enqueued_at.isoformat(),
        due_at=handoff.due_at.isoformat(),
    )


def _reason(stored: dict[str, Any], bodies: dict[int, str]) -> parts.Reason:
    reason = StoredReason.from_json(stored)
    return parts.Reason(
        number=reason.number,
        kind=reason.kind.value,
        rule=reason.rule,
        label=reason.label,
        chip=reason.chip,
        share=reason.share,
        hard=reason.hard,
        evidence=tuple(
            parts.Evidence(span.seq, utf16(bodies[span.seq], span.start), utf16(bodies[span.seq], span.end))
            for span in reason.evidence
            if span.seq in bodies
        ),
    )


def utf16(text: str, offset: int) -> int:
    """A Python offset as JavaScript counts it: characters beyond the basic plane take two units."""
    return offset + sum(1 for character in text[:offset] if ord(character) > 0xFFFF)


def _scores(found: Conversation) -> tuple[parts.Score, ...]:
    return tuple(
        parts.Score(
            seq=judged.seq,
            probability=judged.probability,
            sentiment=judged.sentiment,
            mood=judged.mood,  # type: ignore[arg-type]
            chips=chips(judged.reasons),
        )
        for judged in Assessment.objects.filter(conversation=found).order_by("seq")
    )


def _turn(turn: Turn) -> parts.BotTurn:
    return parts.BotTurn(
        seq=turn.seq,
        intent=turn.intent,
        confidence=turn.confidence,
        fallback=turn.fallback,
        failures=tuple(turn.failures),
        outcome=turn.outcome,
    )
