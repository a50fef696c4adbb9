"""A customer message that has to be read, and that the bot owes an answer while it holds the conversation."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from support.models.conversation import Conversation


class TurnState(models.TextChoices):
    """``open`` may be claimed once ``free_at`` has passed; a claim moves ``free_at`` ahead by the lease."""

    OPEN = "open", "Open"
    DONE = "done", "Done"


class Turn(models.Model):
    """What the bot made of one message. ``memory`` is the bot's own and opaque: it is stored and given back."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    seq = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=TurnState, default=TurnState.OPEN, db_default=TurnState.OPEN)
    free_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    asked = models.BooleanField(default=False, db_default=False, help_text="Whether the bot was asked.")
    outcome = models.CharField(max_length=16, blank=True, db_default="")
    intent = models.CharField(max_length=80, blank=True, db_default="")
    confidence = models.FloatField(default=0, db_default=0.0)
    ranking = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    entities = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    fallback = models.BooleanField(default=False, db_default=False)
    failures = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    slots = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    memory = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    model = models.CharField(max_length=120, blank=True, db_default="")
    took_ms = models.FloatField(default=0, db_default=0.0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("conversation", "seq")
        constraints = (models.UniqueConstraint(fields=("conversation", "seq"), name="one_turn_per_message"),)
        indexes = (models.Index(fields=("free_at",), condition=models.Q(state="open"), name="open_turns"),)

    def __str__(self) -> str:
        return f"Turn {self.seq}"
