"""The shop's inbox and the first policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from support.models import Inbox, Policy

KEY = "tarnwood"
GREETING = "Hello, I am Tarn, a bot. I know orders, returns and delivery. For anything else I get you a person."
SUGGESTIONS = ("Where is my order?", "Return or refund", "Opening hours")
TWINS = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


def load(shop_origin: str) -> tuple[Inbox, list[str]]:
    """Create the inbox; where it is there already, only let the shop's present origins in.

    Returns:
        The inbox, and what changed.
    """
    changes: list[str] = []
    policy = Policy.objects.order_by("-number").first()
    if policy is None:
        policy = Policy(note="The first limits.")
        policy.save()
        changes.append("policy 1")
    inbox = Inbox.objects.filter(key=KEY).first() or new(policy)
    missing = [site for site in origins(shop_origin) if site not in inbox.sites]
    if missing:
        changes.append(f"inbox {KEY} for {', '.join(missing)}")
        inbox.sites = [*inbox.sites, *missing]
        inbox.full_clean()
        inbox.save()
    return inbox, changes


def new(policy: Policy) -> Inbox:
    """The shop's inbox, not saved and without its sites."""
    return Inbox(
        key=KEY, name="Tarnwood", bot_name="Tarn", greeting=GREETING, suggestions=list(SUGGESTIONS), policy=policy
    )


def origins(shop_origin: str) -> tuple[str, ...]:
    """The origin and, on one's own machine, its other name: a browser takes them for two websites."""
    host = urlsplit(shop_origin).hostname or ""
    twin = TWINS.get(host)
    return (shop_origin, shop_origin.replace(host, twin, 1)) if twin else (shop_origin,)
