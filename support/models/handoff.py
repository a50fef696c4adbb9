"""The passage from the bot to a person."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from support.models.conversation import Conversation


class HandoffState(models.TextChoices):
    """One exclusive outcome each."""

    WAITING = "waiting", "Waiting"
    ASSIGNED = "assigned", "Assigned"
    HANDED_BACK = "handed_back", "Handed back"
    RESOLVED = "resolved", "Resolved"
    ABANDONED = "abandoned", "Abandoned"
    EXPIRED = "expired", "Expired"


ENDED = (HandoffState.HANDED_BACK, HandoffState.RESOLVED, HandoffState.ABANDONED, HandoffState.EXPIRED)


class Handoff(models.Model):
    """``seq`` is the message that led to it. ``main_kind`` is the kind of its strongest reason."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="handoffs")
    seq = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=HandoffState, default=HandoffState.WAITING)
    priority = models.PositiveSmallIntegerField()
    main_kind = models.CharField(max_length=16)
    probability = models.FloatField(null=True)
    base = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    policy_number = models.PositiveIntegerField()
    asked_by_agent = models.BooleanField(default=False, help_text="A take-over: an agent stepped in unasked.")
    enqueued_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("priority", "enqueued_at")
        constraints = (
            models.UniqueConstraint(
                fields=("conversation",),
                condition=models.Q(state__in=("waiting", "assigned")),
                name="one_open_handoff",
            ),
        )
        indexes = (
            models.Index(fields=("priority", "enqueued_at"), condition=models.Q(state="waiting"), name="the_queue"),
        )

    def __str__(self) -> str:
        return f"Handoff {self.pk}: {self.main_kind}"
