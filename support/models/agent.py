"""People who answer, and those who watch over it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from support.models.inbox import Inbox


class Role(models.TextChoices):
    """What a person may do; see access.py for the table."""

    AGENT = "agent", "Agent"
    MANAGER = "manager", "Manager"
    ADMINISTRATOR = "administrator", "Administrator"


class Availability(models.TextChoices):
    """What the agent declares; whether they are really there is presence."""

    AVAILABLE = "available", "Available"
    AWAY = "away", "Away"


class Skill(models.Model):
    """A subject or a team that an agent answers for."""

    name = models.SlugField(max_length=40, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Agent(models.Model):
    """A person with an account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agent")
    name = models.CharField(max_length=60, help_text="The name that customers see.")
    role = models.CharField(max_length=16, choices=Role, default=Role.AGENT)
    inboxes = models.ManyToManyField(Inbox, related_name="agents", blank=True)
    skills = models.ManyToManyField(Skill, related_name="agents", blank=True)
    capacity = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(50)], help_text="Conversations at once."
    )
    availability = models.CharField(max_length=16, choices=Availability, default=Availability.AWAY)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
