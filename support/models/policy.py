"""The escalation policy: limits that a manager sets, versioned by number."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max

from escalation.policy import Policy as Limits


class Policy(models.Model):
    """One version of the limits. A stored decision names the number it was made under, so versions are never edited."""

    number = models.PositiveIntegerField(unique=True, editable=False)
    theta_on = models.FloatField(default=0.65, help_text="Escalate when two of the last three scores reach this.")
    theta_off = models.FloatField(default=0.50, help_text="Below this a raised alarm is cleared.")
    theta_high = models.FloatField(default=0.85, help_text="Escalate at once when one score reaches this.")
    fallbacks_in_row = models.PositiveSmallIntegerField(default=2, help_text="Failed answers in a row that escalate.")
    note = models.CharField(max_length=200, blank=True, help_text="Why this version was made.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"Policy {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Take the next number; a version that was used is history and cannot be changed."""
        if self.pk is not None:
            raise ValidationError("A policy version cannot be changed. Add a new one.")
        self.number = (Policy.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Let the engine say whether the limits make sense together."""
        try:
            self.limits()
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def limits(self) -> Limits:
        """The limits as the engine takes them.

        Raises:
            ValueError: the limits contradict each other.
        """
        return Limits(
            number=self.number or 0,
            theta_on=self.theta_on,
            theta_off=self.theta_off,
            theta_high=self.theta_high,
            fallbacks_in_row=self.fallbacks_in_row,
        )
