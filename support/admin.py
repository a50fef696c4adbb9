"""Django admin: inboxes, agents, skills, policy; and a read-only look at what happened."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from support.models import Agent, Conversation, Handoff, HolderChange, Inbox, Policy, Rating, Skill

admin.site.site_header = "Baton"
admin.site.site_title = "Baton"
admin.site.index_title = "Set-up and history"


@admin.register(Inbox)
class InboxAdmin(admin.ModelAdmin):
    """Websites and their rules."""

    list_display = ("name", "key", "bot_name", "policy", "target_s")


@admin.register(Agent)
class AgentAdmin(admin.ModelAdmin):
    """People who answer."""

    list_display = ("name", "role", "availability", "capacity")
    list_filter = ("role", "inboxes", "skills")
    filter_horizontal = ("inboxes", "skills")


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    """Subjects and teams."""


class History(admin.ModelAdmin):
    """What happened is not edited."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Policy)
class PolicyAdmin(History):
    """Versions of the limits: a new one is added, an old one is never changed."""

    list_display = ("number", "theta_on", "theta_high", "fallbacks_in_row", "note", "created_at")


class Recorded(History):
    """Rows that only the service writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False


@admin.register(Conversation)
class ConversationAdmin(Recorded):
    """Conversations."""

    list_display = ("id", "inbox", "customer", "holder", "agent", "opened_at", "disposition")
    list_filter = ("inbox", "holder", "disposition")


@admin.register(Handoff)
class HandoffAdmin(Recorded):
    """Handoffs."""

    list_display = ("id", "conversation", "state", "main_kind", "priority", "enqueued_at", "accepted_at")
    list_filter = ("state", "main_kind")


@admin.register(HolderChange)
class HolderChangeAdmin(Recorded):
    """The chain of ownership."""

    list_display = ("conversation", "number", "before", "after", "cause", "agent", "at")
    list_filter = ("cause",)


@admin.register(Rating)
class RatingAdmin(Recorded):
    """Ratings."""

    list_display = ("conversation", "score", "created_at")
