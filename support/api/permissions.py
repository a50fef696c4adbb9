"""The API asks the same table as the sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from support import access

if TYPE_CHECKING:  # DRF loads this module while it loads its views
    from rest_framework.views import APIView


class Allowed(BasePermission):
    """A view names its ``act``; a view without one lets nobody in."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Ask access.MAY."""
        act: access.Act | None = getattr(view, "act", None)
        caller = request.user
        return act is not None and isinstance(caller, access.Caller) and caller.may(act)


class OwnPages(BasePermission):
    """Unsafe calls of a browser must come from the service's own pages; programs send no Origin."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Compare the Origin. Raises, because DRF would answer a new customer's False with "sign in first"."""
        if request.headers.get("Origin", settings.PUBLIC_URL) != settings.PUBLIC_URL:
            raise PermissionDenied("Call from the widget's own page.")
        return True
