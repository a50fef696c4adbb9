"""Made-up histories of conversations, told twice: as plain facts for a test to count, and as rows in the database."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from support.models import (
    Agent,
    Assignment,
    Conversation,
    Customer,
    Disposition,
    Handoff,
    HandoffState,
    Holder,
    Inbox,
    Rating,
)

KINDS = ("asked", "bot_failure", "sentiment", "complexity", "sensitive")
TARGET = timedelta(seconds=120)


@dataclass
class Stretch:
    """One person holds it."""

    agent: Agent
    start: datetime
    end: datetime | None


@dataclass
class Passage:
    """A handoff."""

    kind: str
    enqueued: datetime
    state: str = HandoffState.WAITING
    take_over: bool = False
    accepted: datetime | None = None
    answered: datetime | None = None
    ended: datetime | None = None
    stretches: list[Stretch] = field(default_factory=list)


@dataclass
class History:
    """A conversation. ``asked`` is None when its customer never wrote."""

    inbox: Inbox
    customer: Customer
    opened: datetime
    asked: datetime | None
    passages: list[Passage] = field(default_factory=list)
    closed: datetime | None = None
    disposition: str = ""
    score: int | None = None

    def end(self, at: datetime, disposition: str) -> None:
        """Close it."""
        self.closed, self.disposition = at, disposition


class Teller:
    """Tells the same histories for the same seed."""

    def __init__(self, seed: int, agents: Sequence[Agent], first: datetime, days: int) -> None:
        self.chance = random.Random(seed)
        self.agents = agents
        self.first = first
        self.days = days

    def tell(self, inbox: Inbox, many: int) -> list[History]:
        """So many conversations, and one more for each customer who came back."""
        plots = (self._bot, self._bot, self._bot, self._silent, self._waiting, self._left, self._person, self._person,
                 self._twice, self._stepped_in, self._vanished)  # fmt: skip
        told: list[History] = []
        for _ in range(many):
            opened = self.first + timedelta(seconds=self.chance.randrange(self.days * 86_400))
            history = self._new(inbox, _customer(inbox, self.chance), opened)
            self.chance.choice(plots)(history)
            told.append(history)
            if history.closed and self.chance.random() < 0.25:
                again = self._new(inbox, history.customer, history.closed + self._span(60, 40 * 3600))
                self._bot(again)
                told.append(again)
        return told

    def _new(self, inbox: Inbox, customer: Customer, opened: datetime) -> History:
        return History(inbox, customer, opened, opened + self._span(2, 90))

    def _span(self, low: int, high: int) -> timedelta:
        return timedelta(seconds=self.chance.randint(low, high))

    def _silent(self, history: History) -> None:
        history.asked = None

    def _bot(self, history: History) -> None:
        if self.chance.random() < 0.85:
            self._close(history, history.opened + self._span(120, 1800), Disposition.QUIET)

    def _close(self, history: History, at: datetime, disposition: str) -> None:
        history.end(at, disposition)
        if self.chance.random() < 0.5:
            history.score = self.chance.choice((1, 2, 3, 4, 4, 5, 5, 5))

    def _passage(self, history: History, after: datetime) -> Passage:
        passage = Passage(self.chance.choice(KINDS), after + self._span(20, 300))
        history.passages.append(passage)
        return passage

    def _waiting(self, history: History) -> None:
        self._passage(history, history.opened)

    def _left(self, history: History) -> None:
        passage = self._passage(history, history.opened)
        passage.state = self.chance.choice((HandoffState.ABANDONED, HandoffState.EXPIRED))
        passage.ended = passage.enqueued + self._span(30, 1800)
        if self.chance.random() < 0.6:
            self._close(history, passage.ended + self._span(1, 600), Disposition.QUIET)

    def _accept(self, passage: Passage) -> Stretch:
        passage.state = HandoffState.ASSIGNED
        passage.accepted = passage.enqueued + self._span(3, 300)
        stretch = Stretch(self.chance.choice(self.agents), passage.accepted, None)
        passage.stretches.append(stretch)
        if self.chance.random() < 0.9:
            passage.answered = passage.accepted + self._span(2, 60)
        return stretch

    def _finish(self, passage: Passage, state: str) -> datetime:
        stretch = passage.stretches[-1]
        end = stretch.start + self._span(30, 1500)
        stretch.end = passage.ended = end
        passage.state = state
        return end

    def _person(self, history: History) -> None:
        passage = self._passage(history, history.opened)
        self._accept(passage)
        if self.chance.random() < 0.9:
            end = self._finish(passage, HandoffState.RESOLVED)
            self._close(
                history, end, self.chance.choice((Disposition.SOLVED, Disposition.SOLVED, Disposition.UNSOLVED))
            )

    def _twice(self, history: History) -> None:
        first = self._passage(history, history.opened)
        self._accept(first)
        back = self._finish(first, HandoffState.HANDED_BACK)
        second = self._passage(history, back)
        self._accept(second)
        self._close(history, self._finish(second, HandoffState.RESOLVED), Disposition.SOLVED)

    def _stepped_in(self, history: History) -> None:
        passage = self._passage(history, history.opened)
        passage.kind, passage.take_over = "taken_over", True
        self._accept(passage)
        passage.accepted = passage.stretches[0].start = passage.enqueued
        self._close(history, self._finish(passage, HandoffState.RESOLVED), Disposition.SOLVED)

    def _vanished(self, history: History) -> None:
        passage = self._passage(history, history.opened)
        lost = self._accept(passage)
        lost.end = lost.start + self._span(30, 600)
        passage.stretches.append(Stretch(self.chance.choice(self.agents), lost.end + self._span(5, 200), None))
        self._close(history, self._finish(passage, HandoffState.RESOLVED), Disposition.SOLVED)


def _customer(inbox: Inbox, chance: random.Random) -> Customer:
    return Customer(inbox=inbox, token_hash=f"{chance.getrandbits(256):064x}")


def store(histories: Sequence[History]) -> None:
    """Write the rows, as handoff.py would have left them."""
    Customer.objects.bulk_create({id(told.customer): told.customer for told in histories}.values())
    conversations = [(_conversation(told), told) for told in histories]
    Conversation.objects.bulk_create(row for row, _ in conversations)
    handoffs = [(_handoff(row, passage), passage) for row, told in conversations for passage in told.passages]
    Handoff.objects.bulk_create(row for row, _ in handoffs)
    Assignment.objects.bulk_create(
        Assignment(
            conversation=row.conversation, handoff=row, agent=held.agent, started_at=held.start, ended_at=held.end
        )
        for row, passage in handoffs
        for held in passage.stretches
    )
    Rating.objects.bulk_create(
        Rating(conversation=row, score=told.score) for row, told in conversations if told.score is not None
    )


def _conversation(told: History) -> Conversation:
    going_on = next((passage for passage in told.passages if not passage.ended), None)
    agent = going_on.stretches[-1].agent if going_on and going_on.stretches else None
    holder = Holder.AGENT if agent else Holder.QUEUE if going_on else Holder.NOBODY if told.closed else Holder.BOT
    return Conversation(
        inbox=told.inbox,
        customer=told.customer,
        holder=holder,
        agent=agent,
        opened_at=told.opened,
        first_asked_at=told.asked,
        last_at=told.closed or told.opened,
        closed_at=told.closed,
        disposition=told.disposition,
    )


def _handoff(conversation: Conversation, passage: Passage) -> Handoff:
    reason = {"kind": passage.kind, "rule": "made_up", "label": f"Because of {passage.kind}", "chip": passage.kind}
    return Handoff(
        conversation=conversation,
        seq=1,
        state=passage.state,
        priority=2,
        main_kind=passage.kind,
        reasons=[] if passage.take_over else [reason],
        policy_number=1,
        asked_by_agent=passage.take_over,
        enqueued_at=passage.enqueued,
        due_at=passage.enqueued + TARGET,
        give_up_at=passage.enqueued + timedelta(minutes=30),
        accepted_at=passage.accepted,
        answered_at=passage.answered,
        ended_at=passage.ended,
    )
