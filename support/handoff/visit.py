"""A customer opens the widget: a session and a conversation, with the bot as its first holder."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from support import access, log
from support.models import Author, Cause, Conversation, Customer, Holder, HolderChange, Inbox
from support.protocol.parts import Button


@dataclass(frozen=True, slots=True)
class Visit:
    """Where the customer is. ``token`` is set for a new customer, once: only its hash is kept."""

    conversation_id: UUID
    token: str | None
    new: bool


@transaction.atomic
def open_visit(inbox: Inbox, caller: access.CustomerCaller | None, start_new: bool) -> Visit:
    """The customer's latest conversation, or a new one for a new customer or after an end when asked for.

    Two tabs that open at once agree: the customer's row is locked.
    """
    token = None
    if caller is None:
        token = access.new_token()
        customer = Customer.objects.create(inbox=inbox, token_hash=access.hashed(token))
    else:
        customer = Customer.objects.select_for_update().get(pk=caller.customer_id)
        Customer.objects.filter(pk=customer.pk).update(seen_at=Now())
    latest = Conversation.objects.filter(customer=customer, inbox=inbox).order_by("-opened_at").first()
    if latest and not (start_new and latest.holder == Holder.NOBODY):
        return Visit(latest.pk, token, new=False)
    return Visit(_open(inbox, customer), token, new=True)


def _open(inbox: Inbox, customer: Customer) -> UUID:
    conversation = Conversation.objects.create(inbox=inbox, customer=customer)
    HolderChange.objects.create(
        conversation=conversation, number=1, before="", after=Holder.BOT, cause=Cause.OPENED, seq=0
    )
    buttons = [Button(title, "") for title in inbox.suggestions]
    log.append(conversation.pk, Author.BOT, "greeting", inbox.greeting, buttons=buttons)
    return conversation.pk


def present_conversation(caller: access.CustomerCaller) -> UUID | None:
    """The conversation that a customer's session is on: the latest."""
    return caller.conversations().order_by("-opened_at").values_list("pk", flat=True).first()
