"""Who may look things up: the action server, by a shared token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


@dataclass(frozen=True, slots=True)
class ShopCaller:
    """A program that knows the shop's token."""

    # DRF asks its user for this.
    is_authenticated = True


class ShopToken(BaseAuthentication):
    """``Authorization: Bearer <SHOP_TOKEN>``. Where no token is set, no token is right."""

    def authenticate(self, request: Request) -> tuple[ShopCaller, None] | None:
        """The caller, or None without the header.

        Raises:
            AuthenticationFailed: the token is wrong.
        """
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _, token = header.partition(" ")
        right = bool(settings.SHOP_TOKEN) and constant_time_compare(token, settings.SHOP_TOKEN)
        if scheme.lower() != "bearer" or not right:
            raise AuthenticationFailed("Wrong shop token.")
        return ShopCaller(), None

    def authenticate_header(self, request: Request) -> str:
        """Makes an anonymous call a 401 and not a 403."""
        return "Bearer"


class KnowsToken(BasePermission):
    """Nobody else: an agent's session or a customer's cookie does not open the shop."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the token let the caller in."""
        return isinstance(request.user, ShopCaller)


class ShopTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the API's description names the token."""

    target_class = ShopToken
    name = "shopToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer"}
