"""How the API's description names the two ways to sign in."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from support.api.authentication import AgentSession, CustomerSession


class AgentSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """An agent signed in at /login/."""

    target_class = AgentSession
    name = "agentSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Django's session cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "baton-session"}


class CustomerSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A customer who opened the widget."""

    target_class = CustomerSession
    name = "customerSession"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """The widget's cookie of one inbox."""
        return {"type": "apiKey", "in": "cookie", "name": "baton-<inbox key>"}
