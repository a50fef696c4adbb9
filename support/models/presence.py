"""Who is there now, by heartbeats that expire."""

from __future__ import annotations

from django.db import models


class Presence(models.Model):
    """``name`` is ``agent:7`` or ``worker:<host>:<pid>``; a row older than the time to live counts as gone."""

    name = models.CharField(max_length=120, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "presence"

    def __str__(self) -> str:
        return self.name
