"""The customer's own score."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now

from support.models.conversation import Conversation


class Rating(models.Model):
    """One per conversation, 1 to 5; never mixed with sentiment."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="rating")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    comment = models.TextField(blank=True, max_length=1000)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="rating_from_1_to_5"),
        )

    def __str__(self) -> str:
        return f"{self.score} of 5"
