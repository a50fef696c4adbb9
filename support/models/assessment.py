"""The engine's stored result for one customer message."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from support.models.conversation import Conversation


class Assessment(models.Model):
    """``reasons`` is the JSON of escalation.reasons, unchanged from the scorer to every screen."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="assessments")
    seq = models.PositiveIntegerField()
    probability = models.FloatField()
    base = models.FloatField()
    sentiment = models.FloatField()
    complexity = models.FloatField()
    mood = models.CharField(max_length=12)
    action = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    scorer = models.CharField(max_length=40)
    policy_number = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("conversation", "seq")
        constraints = (models.UniqueConstraint(fields=("conversation", "seq"), name="one_assessment_per_message"),)

    def __str__(self) -> str:
        return f"{self.probability:.2f} at {self.seq}"
