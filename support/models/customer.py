"""A visitor of a website, known by a token that only their browser has."""

from __future__ import annotations

from django.db import models

from support.models.inbox import Inbox


def guest(customer_id: int) -> str:
    """What agents call a customer who has not said a name."""
    return f"Guest {customer_id}"


class Customer(models.Model):
    """One browser on one website. The token is 128 random bits, bound to the inbox and stored as a hash only."""

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="customers")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What agents call this customer."""
        return guest(self.pk)
