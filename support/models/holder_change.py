"""The chain of ownership: each row starts where the one before ended."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from support.models.agent import Agent
from support.models.conversation import Conversation, Holder


class Cause(models.TextChoices):
    """What passed the conversation on."""

    OPENED = "opened", "Opened"
    ESCALATED = "escalated", "Escalated"
    ACCEPTED = "accepted", "Accepted"
    TAKEN_OVER = "taken_over", "Taken over"
    HANDED_BACK = "handed_back", "Handed back"
    RESOLVED = "resolved", "Resolved"
    STOPPED_WAITING = "stopped_waiting", "Customer stopped waiting"
    EXPIRED = "expired", "Nobody came in time"
    VANISHED = "vanished", "Agent vanished"
    FINISHED = "finished", "Customer ended the chat"
    QUIET = "quiet", "Quiet for long"


class HolderChange(models.Model):
    """Written by handoff.py in the transaction that changes the holder. ``seq`` is the log's end at that moment."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="holder_changes")
    number = models.PositiveIntegerField()
    before = models.CharField(max_length=8, choices=Holder, blank=True)
    after = models.CharField(max_length=8, choices=Holder)
    cause = models.CharField(max_length=16, choices=Cause)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="holder_changes")
    note = models.TextField(blank=True, max_length=2000)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("conversation", "number")
        constraints = (models.UniqueConstraint(fields=("conversation", "number"), name="one_change_per_number"),)

    def __str__(self) -> str:
        return f"{self.before or 'new'} to {self.after}"
