"""A line in the log."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from support.models.agent import Agent
from support.models.conversation import Conversation


class Author(models.TextChoices):
    """Who wrote a line. ``system`` lines tell both sides that the conversation passed on."""

    CUSTOMER = "customer", "Customer"
    BOT = "bot", "Bot"
    AGENT = "agent", "Agent"
    SYSTEM = "system", "System"


class Message(models.Model):
    """Written by log.append alone. ``client_id`` names a send, so that its second arrival changes nothing."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    author = models.CharField(max_length=8, choices=Author)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    client_id = models.CharField(max_length=64)
    body = models.TextField()
    event = models.CharField(max_length=16, blank=True, db_default="")
    pressed = models.CharField(max_length=200, blank=True, db_default="")
    button_titles = ArrayField(models.CharField(max_length=60), default=list, db_default=[])
    button_payloads = ArrayField(models.CharField(max_length=200), default=list, db_default=[])
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("conversation", "seq")
        constraints = (
            models.UniqueConstraint(fields=("conversation", "seq"), name="one_line_per_seq"),
            # With the author, so that a customer cannot take the name of a send that the bot has yet to make.
            models.UniqueConstraint(fields=("conversation", "author", "client_id"), name="one_line_per_send"),
        )

    def __str__(self) -> str:
        return f"{self.author} {self.seq}"
