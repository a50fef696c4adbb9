"""What the API takes and gives, for checking and for the OpenAPI page."""

from __future__ import annotations

from rest_framework import serializers

from support.models import Agent, Availability, Disposition, Inbox, Policy, Skill
from support.protocol.frames import MAX_BODY

BY_AN_AGENT = [choice for choice in Disposition.choices if choice[0] not in (Disposition.FINISHED, Disposition.QUIET)]


class SessionIn(serializers.Serializer[dict[str, object]]):
    """Opening the widget."""

    new = serializers.BooleanField(default=False, help_text="Start a new conversation when the last one has ended.")


class SessionOut(serializers.Serializer[dict[str, object]]):
    """Where the customer is."""

    conversation = serializers.UUIDField()
    new = serializers.BooleanField()


class MessageIn(serializers.Serializer[dict[str, object]]):
    """A send over HTTP; the same rules as over the socket."""

    client_id = serializers.CharField(max_length=64)
    body = serializers.CharField(max_length=MAX_BODY, trim_whitespace=False)

    def validate_body(self, body: str) -> str:
        """Spaces alone are no message."""
        if not body.strip():
            raise serializers.ValidationError("This field must not be blank.", "blank")
        return body


class Accepted(serializers.Serializer[dict[str, object]]):
    """The message is stored."""

    client_id = serializers.CharField()
    seq = serializers.IntegerField()


class RatingIn(serializers.Serializer[dict[str, object]]):
    """The customer's own score."""

    score = serializers.IntegerField(min_value=1, max_value=5)
    comment = serializers.CharField(max_length=1000, allow_blank=True, default="")


class HandBackIn(serializers.Serializer[dict[str, object]]):
    """What the bot should know."""

    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class ResolveIn(serializers.Serializer[dict[str, object]]):
    """How it ended."""

    disposition = serializers.ChoiceField(choices=BY_AN_AGENT)


class AvailabilityIn(serializers.Serializer[dict[str, object]]):
    """What the agent declares."""

    availability = serializers.ChoiceField(choices=Availability.values)


class Problem(serializers.Serializer[dict[str, object]]):
    """A failure."""

    code = serializers.CharField()
    detail = serializers.CharField()


class PolicyShape(serializers.ModelSerializer[Policy]):
    """A version of the limits."""

    class Meta:
        model = Policy
        fields = ("number", "theta_on", "theta_off", "theta_high", "fallbacks_in_row", "note", "created_at")
        read_only_fields = ("number", "created_at")

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Let the engine judge the limits together."""
        try:
            Policy(**attrs).limits()
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
        return attrs


class InboxShape(serializers.ModelSerializer[Inbox]):
    """A website and its rules; ``policy`` is the number of a version."""

    policy = serializers.SlugRelatedField(slug_field="number", queryset=Policy.objects.all())

    class Meta:
        model = Inbox
        fields = (
            "key",
            "name",
            "bot_name",
            "greeting",
            "suggestions",
            "sites",
            "brand",
            "policy",
            "teams",
            "target_s",
            "give_up_s",
            "quiet_s",
        )


class AgentShape(serializers.ModelSerializer[Agent]):
    """A person who answers. Accounts and passwords are made in the admin."""

    inboxes = serializers.SlugRelatedField(slug_field="key", many=True, queryset=Inbox.objects.all())
    skills = serializers.SlugRelatedField(slug_field="name", many=True, queryset=Skill.objects.all())

    class Meta:
        model = Agent
        fields = ("id", "name", "role", "inboxes", "skills", "capacity", "availability")
        read_only_fields = ("availability",)


class SkillShape(serializers.ModelSerializer[Skill]):
    """A subject or a team."""

    class Meta:
        model = Skill
        fields = ("name",)
