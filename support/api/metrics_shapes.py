"""What the metrics API gives, for the OpenAPI page."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from support.metrics.figures import KINDS, Unit

Shape = serializers.Serializer[dict[str, Any]]


class Figure(Shape):
    """How many, how that is counted, and where the conversations are."""

    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.ChoiceField(choices=[unit.value for unit in Unit])
    how = serializers.CharField(help_text="The definition, in words.")
    count = serializers.IntegerField()
    conversations = serializers.CharField(help_text="Address of the list.")
    csv = serializers.CharField(help_text="Address of the list as CSV.")


class Rate(Shape):
    """``part`` of ``whole``, both keys of figures."""

    key = serializers.CharField()
    name = serializers.CharField()
    part = serializers.CharField()
    whole = serializers.CharField()
    n = serializers.IntegerField(help_text="The count of the whole.")
    share = serializers.FloatField(allow_null=True, help_text="0 to 1; null when n is 0.")
    interval = serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True, help_text="Wilson, 95 %."
    )
    few = serializers.BooleanField(help_text="n is below 30.")


class Duration(Shape):
    """Seconds over the handoffs of one figure."""

    key = serializers.CharField()
    name = serializers.CharField()
    figure = serializers.CharField()
    n = serializers.IntegerField()
    p50_s = serializers.FloatField(allow_null=True)
    p90_s = serializers.FloatField(allow_null=True)
    mean_s = serializers.FloatField(allow_null=True)
    few = serializers.BooleanField(help_text="n is below 30.")


class ByKind(Shape):
    """Escalations by the kind of their main reason."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """One number per kind."""
        return {kind.value: serializers.IntegerField() for kind in KINDS}


class Days(Shape):
    """Conversations that started on these days (one day; whole weeks in long periods)."""

    started = serializers.IntegerField()
    closed = serializers.IntegerField()
    contained = serializers.IntegerField()
    escalated = serializers.IntegerField()
    escalated_by_kind = ByKind()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``from`` is a word of Python, so it cannot be an attribute."""
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}


class Metrics(Shape):
    """Everything about one period."""

    time_zone = serializers.CharField()
    inbox = serializers.CharField(allow_null=True)
    figures = Figure(many=True)
    rates = Rate(many=True)
    durations = Duration(many=True)
    days = Days(many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``from`` is a word of Python, so it cannot be an attribute."""
        return {"from": serializers.DateField(), "to": serializers.DateField(), **super().get_fields()}


class ConversationRow(Shape):
    """One conversation, or one handoff with its conversation; durations in seconds."""

    conversation = serializers.UUIDField()
    customer = serializers.CharField()
    inbox = serializers.CharField()
    started_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    holder = serializers.CharField()
    agent = serializers.CharField(allow_blank=True)
    disposition = serializers.CharField(allow_blank=True)
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Main reasons of its handoffs.")
    reasons = serializers.ListField(child=serializers.CharField(), help_text="All reasons of its handoffs, in words.")
    wait_s = serializers.FloatField(allow_null=True)
    rating = serializers.IntegerField(allow_null=True)
    handoff = serializers.CharField(allow_blank=True, help_text="Its outcome; empty in lists of conversations.")
    response_s = serializers.FloatField(allow_null=True)
    handle_s = serializers.FloatField(allow_null=True)


class Listing(Shape):
    """A page of the list behind a figure."""

    figure = Figure()
    count = serializers.IntegerField()
    items = ConversationRow(many=True)
