"""The shop's own content security policy: strict, to prove that the widget sits on such a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def policy(service: str) -> str:
    """The header for a shop that embeds the widget of ``service`` (an origin) and nothing else."""
    rules = {
        "default-src": "'none'",
        "script-src": service,
        "frame-src": service,
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets it on every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Content-Security-Policy"] = policy(settings.PUBLIC_URL)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return answer
