"""How many sessions one address may open over HTTP; a 429 says when to come back. Messages are counted by the log."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle
from rest_framework.views import APIView

from support import access


def address(request: Request) -> str:
    """The caller's address; the last one that a trusted proxy names, if there is a proxy."""
    return str(BaseThrottle().get_ident(request))


class Sessions(SimpleRateThrottle):
    """New sessions of one address: each makes a customer and a conversation."""

    rate = f"{settings.SESSION_LIMIT}/min"
    scope = "sessions"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Who has a session already makes nothing."""
        if isinstance(request.user, access.CustomerCaller):
            return None
        return f"sessions-{address(request)}"
