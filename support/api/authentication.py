"""Who calls over HTTP."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, CSRFCheck
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from support import access


class AgentSession(BaseAuthentication):
    """An agent by Django's session; unsafe methods need the CSRF token, as a browser sends cookies by itself."""

    def authenticate(self, request: Request) -> tuple[access.AgentCaller, None] | None:
        """The caller, or None when nobody is signed in."""
        django = request._request
        caller = access.agent_caller(getattr(django.user, "pk", None))
        if caller is None:
            return None
        check = CSRFCheck(lambda _: None)  # type: ignore[arg-type]
        check.process_request(django)
        reason = check.process_view(django, None, (), {})  # type: ignore[arg-type]
        if reason:
            raise PermissionDenied(f"CSRF: {reason}")
        return caller, None

    def authenticate_header(self, request: Request) -> str:
        """Makes an anonymous call a 401 and not a 403."""
        return "Session"


class CustomerSession(BaseAuthentication):
    """A customer by the widget's cookie; the inbox is named in the address, so that cookies of others do not count.

    The cookie is SameSite=None, so an unsafe call must come from the service's own pages (or from no page at all).
    """

    def authenticate(self, request: Request) -> tuple[access.CustomerCaller, None] | None:
        """The caller, or None without a valid cookie."""
        key = request.parser_context["kwargs"]["inbox_key"]
        caller = access.customer_caller(key, request.COOKIES.get(access.cookie_name(key)))
        return (caller, None) if caller else None

    def authenticate_header(self, request: Request) -> str:
        """Makes an anonymous call a 401 and not a 403."""
        return "Cookie"
