"""System checks: what is wrong with the settings, said before the first request. `manage.py check` runs them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.http.request import validate_host

WEAK_SECRET = 32
USUAL_PORTS = {"http": 80, "https": 443}


@register("baton")
def addresses(**_: Any) -> list[CheckMessage]:
    """Addresses must fit together."""
    found: list[CheckMessage] = []
    if not settings.PUBLIC_URL:
        found.append(Error("PUBLIC_URL is empty.", hint="Set it to the address that browsers use.", id="baton.E002"))
    else:
        found += _public(settings.PUBLIC_URL)
    if not settings.RASA_URL:
        found.append(Error("RASA_URL is empty.", hint="Set it to the bot's address.", id="baton.E003"))
    return found


def _public(url: str) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if not validate_host(host, settings.ALLOWED_HOSTS):
        hint = f"Add {host} to ALLOWED_HOSTS."
        found.append(Error("PUBLIC_URL's host is not in ALLOWED_HOSTS.", hint=hint, id="baton.E001"))
    port = f":{parts.port}" if parts.port and parts.port != USUAL_PORTS[parts.scheme] else ""
    origin = f"{parts.scheme}://{host}{port}"
    if url != origin:  # it is compared with the Origin header letter by letter
        found.append(Error("PUBLIC_URL is not an origin.", hint=f"Write {origin}.", id="baton.E008"))
    return found


@register("baton")
def secrets(**_: Any) -> list[CheckMessage]:
    """Secrets must be there and long."""
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < WEAK_SECRET:
        hint = f"Use at least {WEAK_SECRET} random characters."
        found.append(Error("SECRET_KEY is short.", hint=hint, id="baton.E004"))
    if not settings.RASA_TOKEN:
        hint = "Set the same token for the service and for Rasa."
        found.append(
            Warning("RASA_TOKEN is empty: anybody who reaches Rasa can talk to it.", hint=hint, id="baton.W001")
        )
    if not settings.SHOP_TOKEN:
        hint = "Set it, or the bot's look-ups of orders are refused."
        found.append(Warning("SHOP_TOKEN is empty: the demo shop answers no look-ups.", hint=hint, id="baton.W002"))
    return found


@register("baton")
def times(**_: Any) -> list[CheckMessage]:
    """Times must fit together."""
    found: list[CheckMessage] = []
    if settings.TURN_LEASE_S <= settings.BOT_TIMEOUT_S:
        hint = "Make TURN_LEASE_S longer than BOT_TIMEOUT_S."
        found.append(Error("A turn's lease ends before the bot's time-out.", hint=hint, id="baton.E005"))
    if settings.PRESENCE_TTL_S < 2 * settings.HEARTBEAT_S:
        hint = "Make PRESENCE_TTL_S at least twice HEARTBEAT_S."
        found.append(Error("Presence expires between two heartbeats.", hint=hint, id="baton.E006"))
    if settings.AGENT_GRACE_S < settings.PRESENCE_TTL_S:
        hint = "Make AGENT_GRACE_S at least PRESENCE_TTL_S."
        found.append(Error("An agent would lose conversations while still present.", hint=hint, id="baton.E007"))
    return found


@register("baton", deploy=True)
def https(**_: Any) -> list[CheckMessage]:
    """The widget's cookie is Secure: outside of localhost it needs HTTPS."""
    if settings.HTTPS:
        return []
    return [Warning("PUBLIC_URL is not https.", hint="Browsers drop the widget's cookie.", id="baton.W003")]
