"""Django's admin: every page that there is opens for the administrator, and none for anybody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from support import handoff
from support.models import Agent, Inbox, Policy, Rating, Role
from tests import people
from tests.judgements import escalate
from tests.people import Visitor

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
READ_ONLY = {"Conversation", "Handoff", "HolderChange", "Rating"}
NEVER_EDITED = READ_ONLY | {"Policy"}


@pytest.fixture
def ada(tarnwood: Inbox, signed_in: Callable[[Agent], Client]) -> Client:
    """The administrator, as load_demo makes her."""
    agent = people.agent("Ada", role=Role.ADMINISTRATOR)
    User.objects.filter(pk=agent.user_id).update(is_staff=True, is_superuser=True)
    return signed_in(agent)


@pytest.fixture
def something_of_each(maria: Visitor, ana: Agent) -> None:
    escalate(maria.conversation, maria.says("a person please"))
    handoff.accept(maria.conversation, ana.pk)
    handoff.resolve(maria.conversation, ana.pk, "solved")  # type: ignore[arg-type]
    handoff.rate(maria.conversation, 5, "")


def address(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_all_that_administrators_set_up_is_there() -> None:
    assert {"Inbox", "Agent", "Skill", "Policy"} | READ_ONLY <= {model.__name__ for model in MODELS}


@pytest.mark.usefixtures("something_of_each")
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_every_row_opens_for_the_administrator(ada: Client, model: type[Model]) -> None:
    assert ada.get(address(model, "changelist")).status_code == 200
    row = model._default_manager.first()
    if row is not None:
        assert ada.get(address(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_form_for_a_new_row_opens_unless_only_the_service_writes_it(ada: Client, model: type[Model]) -> None:
    expected = 403 if model.__name__ in READ_ONLY else 200
    assert ada.get(address(model, "add")).status_code == expected


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_page_opens_for_an_agent_or_a_manager(
    tarnwood: Inbox, signed_in: Callable[[Agent], Client], model: type[Model], role: Role
) -> None:
    browser = signed_in(people.agent("Someone", tarnwood, role=role))
    for page in ("changelist", "add"):
        answer = browser.get(address(model, page), follow=True)
        assert answer.status_code == 403
        assert "Your role may not configure" in answer.content.decode()


def test_a_stranger_is_led_through_the_form_to_the_page_that_was_asked_for(tarnwood: Inbox) -> None:
    answer = Client().get("/admin/support/inbox/", follow=True)
    assert [step[0] for step in answer.redirect_chain] == [
        "/admin/login/?next=/admin/support/inbox/",
        "/login/?next=/admin/support/inbox/",
    ]


@pytest.mark.usefixtures("something_of_each")
def test_what_happened_is_not_changed_nor_deleted_even_by_the_administrator(ada: Client) -> None:
    for model in MODELS:
        row = model._default_manager.first()
        if model.__name__ not in NEVER_EDITED or row is None:
            continue
        assert ada.post(address(model, "change", row.pk), {"score": 1, "theta_on": 0.7}).status_code == 403
        assert ada.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert Rating.objects.get().score == 5
    assert Policy.objects.get().theta_on == 0.65


def test_the_form_for_an_inbox_refuses_a_wrong_origin_and_a_wrong_colour(ada: Client, tarnwood: Inbox) -> None:
    wrong = {"sites": "https://*.example", "brand": "green", "name": "X", "policy": tarnwood.policy_id}
    answer = ada.post(address(Inbox, "change", tarnwood.pk), wrong)
    assert answer.status_code == 200
    assert {"sites", "brand"} <= set(answer.context["adminform"].form.errors)
    assert Inbox.objects.get(pk=tarnwood.pk).sites == tarnwood.sites


def test_the_form_for_a_policy_refuses_limits_that_contradict_each_other(ada: Client) -> None:
    limits = {"theta_on": 0.7, "theta_off": 0.9, "theta_high": 0.85, "fallbacks_in_row": 2}
    refused = ada.post(address(Policy, "add"), limits)
    assert "theta_off must not exceed theta_on" in refused.content.decode()
    assert ada.post(address(Policy, "add"), {**limits, "theta_off": 0.4}).status_code == 302
    assert list(Policy.objects.values_list("number", "theta_off")) == [(2, 0.4), (1, 0.5)]
