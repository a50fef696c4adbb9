"""One customer, one thread, open to close."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now

from support.models.agent import Agent
from support.models.customer import Customer
from support.models.inbox import Inbox


class Holder(models.TextChoices):
    """Who must answer. Written by handoff.py alone."""

    BOT = "bot", "Bot"
    QUEUE = "queue", "Queue"
    AGENT = "agent", "Agent"
    NOBODY = "nobody", "Nobody"


class Disposition(models.TextChoices):
    """How a conversation ended, as the one who closed it says."""

    SOLVED = "solved", "Solved"
    UNSOLVED = "unsolved", "Not solved"
    NO_ANSWER = "no_answer", "Customer went silent"
    SPAM = "spam", "Spam"
    FINISHED = "finished", "Customer ended the chat"
    QUIET = "quiet", "Closed after a quiet time"


class Conversation(models.Model):
    """``last_seq`` numbers the log, ``boundary`` is the seq of the last hand-back. Its id opens nothing by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="conversations")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="conversations")
    holder = models.CharField(max_length=8, choices=Holder, default=Holder.BOT)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations")
    last_seq = models.PositiveIntegerField(default=0, db_default=0)
    boundary = models.PositiveIntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField(db_default=Now())
    first_asked_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(db_default=Now())
    paid_until = models.DateTimeField(db_default=Now(), help_text="How far the customer's share of sends is used up.")
    closed_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=12, choices=Disposition, blank=True, db_default="")

    class Meta:
        indexes = (
            models.Index(fields=("holder", "last_at"), name="conversation_by_holder"),
            models.Index(fields=("inbox", "first_asked_at"), name="conversation_by_inbox"),
            models.Index(fields=("customer", "opened_at"), name="conversation_by_customer"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(holder=Holder.AGENT, agent__isnull=False)
                | (~models.Q(holder=Holder.AGENT) & models.Q(agent__isnull=True)),
                name="agent_holds_with_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(holder=Holder.NOBODY, closed_at__isnull=False)
                | (~models.Q(holder=Holder.NOBODY) & models.Q(closed_at__isnull=True)),
                name="closed_is_held_by_nobody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.customer.name} at {self.inbox.name}"
