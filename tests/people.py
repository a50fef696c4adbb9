"""The cast: Maria asks, Sven is a stranger to her, Ana and Ben answer, Helen manages, Ada administers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User

from support import access, handoff, log
from support.models import Agent, Inbox, Policy, Role

PASSWORD = "a long pass phrase of the tests"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A customer with a browser: the token is in their cookie."""

    inbox: Inbox
    token: str
    conversation: UUID

    @property
    def caller(self) -> access.CustomerCaller:
        """Who they are to the service."""
        caller = access.customer_caller(self.inbox.key, self.token)
        assert caller is not None
        return caller

    @property
    def cookie(self) -> tuple[str, str]:
        """Name and value."""
        return access.cookie_name(self.inbox.key), self.token

    def says(self, body: str, client_id: str = "") -> int:
        """Write a line; its seq."""
        return log.append(self.conversation, "customer", client_id or f"c-{body[:50]}", body).seq


def inbox(key: str = "tarnwood", **fields: object) -> Inbox:
    """A website."""
    policy = Policy.objects.first() or Policy.objects.create()
    values = {
        "name": key.title(),
        "bot_name": "Tarn",
        "greeting": "Hello, I am Tarn, a bot.",
        "sites": ["http://localhost:8001"],
        "policy": policy,
    }
    return Inbox.objects.create(key=key, **{**values, **fields})


def visitor(of: Inbox) -> Visitor:
    """A customer who has just opened the widget."""
    visit = handoff.open_visit(of, None, start_new=False)
    assert visit.token
    return Visitor(of, visit.token, visit.conversation_id)


def agent(name: str, *inboxes: Inbox, role: str = Role.AGENT, capacity: int = 5) -> Agent:
    """A person with an account; the username is the name in small letters."""
    user = User.objects.create_user(name.lower(), password=PASSWORD)
    made = Agent.objects.create(user=user, name=name, role=role, capacity=capacity, availability="available")
    made.inboxes.set(inboxes)
    return made
