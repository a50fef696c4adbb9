"""An agent holds a conversation."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from support.models.agent import Agent
from support.models.conversation import Conversation
from support.models.handoff import Handoff


class Assignment(models.Model):
    """One stretch of one agent. The open ones are the agent's load."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="assignments")
    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="assignments")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="assignments")
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("conversation",), condition=models.Q(ended_at__isnull=True), name="one_open_assignment"
            ),
        )
        indexes = (models.Index(fields=("agent",), condition=models.Q(ended_at__isnull=True), name="load"),)

    def __str__(self) -> str:
        return f"{self.agent.name} since {self.started_at:%H:%M}"
