"""How much one customer may send and one address may open over HTTP; a 429 says when to come back."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from support import access


class Sends(SimpleRateThrottle):
    """Messages of one customer; the same share as over a socket."""

    rate = f"{settings.SEND_LIMIT * 6}/min"
    scope = "sends"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Reading is free."""
        if request.method == "GET" or not isinstance(request.user, access.CustomerCaller):
            return None
        return f"sends-{request.user.customer_id}"


class Sessions(SimpleRateThrottle):
    """New sessions of one address: each makes a customer and a conversation."""

    rate = f"{settings.SESSION_LIMIT}/min"
    scope = "sessions"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Who has a session already makes nothing."""
        if isinstance(request.user, access.CustomerCaller):
            return None
        return f"sessions-{self.get_ident(request)}"
