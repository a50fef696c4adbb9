"""Who may do what: the one table that HTTP and WebSocket both ask.

A caller is a customer (known by the session cookie's token) or an agent (known by Django's session). An id of a
conversation opens nothing by itself; every act on a conversation is judged here.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from support.models import Agent, Conversation, Customer, Inbox, Role
from support.push.lanes import LANES


class Act(StrEnum):
    """Everything that can be asked of the service."""

    READ_CONVERSATION = "read conversation"
    WRITE_AS_CUSTOMER = "write as customer"
    RATE = "rate"
    WRITE_AS_AGENT = "write as agent"
    PASS_ON = "pass on"  # accept, take over, hand back, resolve
    USE_CONSOLE = "use console"
    READ_METRICS = "read metrics"
    CONFIGURE = "configure"


CUSTOMER_MAY = frozenset({Act.READ_CONVERSATION, Act.WRITE_AS_CUSTOMER, Act.RATE})
AGENT_MAY = frozenset({Act.READ_CONVERSATION, Act.WRITE_AS_AGENT, Act.PASS_ON, Act.USE_CONSOLE})
MAY: Mapping[str, frozenset[Act]] = {
    Role.AGENT: AGENT_MAY,
    Role.MANAGER: AGENT_MAY | {Act.READ_METRICS},
    Role.ADMINISTRATOR: AGENT_MAY | {Act.READ_METRICS, Act.CONFIGURE},
}


CUSTOMER = """
SELECT customer.id, customer.inbox_id FROM support_customer customer
JOIN support_inbox inbox ON inbox.id = customer.inbox_id
WHERE customer.token_hash = %(hash)s AND inbox.key = %(key)s
"""


class Denied(Exception):
    """The caller may not do this. What is hidden from them is answered as if it did not exist."""

    def __init__(self, detail: str, hidden: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hidden = hidden


@dataclass(frozen=True, slots=True)
class CustomerCaller:
    """A customer's browser."""

    customer_id: int
    inbox_id: int

    def may(self, act: Act) -> bool:
        """Whether customers may do this at all."""
        return act in CUSTOMER_MAY

    def conversations(self) -> QuerySet[Conversation]:
        """Their own, on this website."""
        return Conversation.objects.filter(customer_id=self.customer_id, inbox_id=self.inbox_id)


@dataclass(frozen=True, slots=True)
class AgentCaller:
    """A person with an account. ``is_active`` and the role were read when the call came in."""

    agent_id: int
    role: str

    # DRF asks its user for this.
    is_authenticated = True

    def may(self, act: Act) -> bool:
        """Whether this role may do this at all."""
        return act in MAY[self.role]

    def conversations(self) -> QuerySet[Conversation]:
        """Those of the inboxes this person works for; administrators see every inbox."""
        return Conversation.objects.filter(inbox__in=self.inboxes())

    def inboxes(self) -> QuerySet[Inbox]:
        """The inboxes this person works for."""
        if self.role == Role.ADMINISTRATOR:
            return Inbox.objects.all()
        return Inbox.objects.filter(Q(agents=self.agent_id)).distinct()


Caller = CustomerCaller | AgentCaller


def demand(caller: Caller | None, act: Act) -> Caller:
    """Let a caller through or refuse.

    Raises:
        Denied: nobody is signed in, or the role does not have this act.
    """
    if caller is None:
        raise Denied("Sign in first.")
    if not caller.may(act):
        raise Denied(f"Your role may not {act}.")
    return caller


def conversation(caller: Caller | None, act: Act, conversation_id: str | UUID) -> UUID:
    """The id of a conversation on which the caller may do this.

    Raises:
        Denied: hidden when the conversation is not theirs or does not exist; both look the same.
    """
    allowed = demand(caller, act)
    try:
        wanted = UUID(str(conversation_id))
    except ValueError as error:
        raise Denied("There is no such conversation.", hidden=True) from error
    if not allowed.conversations().filter(pk=wanted).exists():
        raise Denied("There is no such conversation.", hidden=True)
    return wanted


def agent_caller(user_id: int | None) -> AgentCaller | None:
    """The caller behind a signed-in account; None for accounts that are closed or are not agents."""
    agent = Agent.objects.filter(user_id=user_id, user__is_active=True).only("id", "role").first() if user_id else None
    return AgentCaller(agent.pk, agent.role) if agent else None


def agent_of_session(session_key: str | None) -> AgentCaller | None:
    """The caller behind a session as it is now: None once it was signed out, or its account closed."""
    if not session_key:
        return None
    request = HttpRequest()
    request.session = SessionStore(session_key)
    return agent_caller(get_user(request).pk)


async def customer_caller_here(inbox_key: str, token: str | None) -> CustomerCaller | None:
    """The same on the event loop; raises psycopg.Error."""
    if not token:
        return None
    rows = await LANES.fetch(CUSTOMER, {"hash": hashed(token), "key": inbox_key})
    return CustomerCaller(*rows[0]) if rows else None


def customer_caller(inbox_key: str, token: str | None) -> CustomerCaller | None:
    """The caller behind a token; a token of another inbox is nobody's."""
    if not token:
        return None
    found = Customer.objects.filter(token_hash=hashed(token), inbox__key=inbox_key).only("id", "inbox_id").first()
    return CustomerCaller(found.pk, found.inbox_id) if found else None


def new_token() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    """How a token is stored: it has full entropy, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_name(inbox_key: str) -> str:
    """One session per website, so that two websites with the widget do not share customers."""
    return f"baton-{inbox_key}"
