"""An inbox: a website that embeds the widget, with its rules."""

from __future__ import annotations

import secrets
from dataclasses import replace

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from escalation.policy import Policy as Limits
from support.models.policy import Policy


def new_key() -> str:
    """A public name for the embed code; it identifies an inbox and opens nothing."""
    return secrets.token_hex(6)


def origin(value: str) -> None:
    """Accept ``https://shop.example`` or ``http://localhost:8001``, nothing with a path or a wildcard."""
    RegexValidator(r"^https?://[a-z0-9.-]+(:\d{1,5})?$", "Write an origin such as https://shop.example.")(value)


class Inbox(models.Model):
    """A website and its rules."""

    key = models.SlugField(max_length=32, unique=True, default=new_key)
    name = models.CharField(max_length=80)
    bot_name = models.CharField(max_length=40, default="Bot")
    greeting = models.TextField(max_length=500)
    suggestions = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text="Quick replies below the greeting."
    )
    sites = ArrayField(
        models.CharField(max_length=120, validators=[origin]),
        default=list,
        help_text="Origins that may embed the widget, separated by commas.",
    )
    brand = models.CharField(
        max_length=7,
        default="#0b6b57",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Write a colour such as #0b6b57.")],
    )
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="inboxes")
    teams = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Teams that customers may ask for by name, separated by commas.",
    )
    target_s = models.PositiveIntegerField(
        "service level target (s)", default=120, help_text="Seconds within which a waiting customer should be answered."
    )
    give_up_s = models.PositiveIntegerField(
        "queue limit (s)",
        default=1800,
        validators=[MinValueValidator(60)],
        help_text="Nobody waits longer: after this the customer is told and goes back to the bot.",
    )
    quiet_s = models.PositiveIntegerField(
        "close when quiet (s)",
        default=1800,
        validators=[MinValueValidator(60)],
        help_text="A conversation that the bot holds is closed after this long without a message.",
    )

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "inboxes"

    def __str__(self) -> str:
        return self.name

    def limits(self) -> Limits:
        """The policy's limits with this inbox's own teams, as the engine takes them."""
        return replace(self.policy.limits(), teams=tuple(self.teams))

    def clean(self) -> None:
        """Every site must be an origin, because it is compared with the Origin header letter by letter."""
        for site in self.sites or []:
            if site != site.strip().lower().rstrip("/"):
                raise ValidationError({"sites": f"Write {site.strip().lower().rstrip('/')} instead of {site}."})
