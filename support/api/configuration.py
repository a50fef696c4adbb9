"""What administrators set up over HTTP."""

from __future__ import annotations

from rest_framework import mixins, viewsets

from support import access
from support.api import shapes
from support.models import Agent, Inbox, Policy, Skill


class Inboxes(viewsets.ModelViewSet[Inbox]):
    """Websites and their rules."""

    act = access.Act.CONFIGURE
    queryset = Inbox.objects.select_related("policy")
    serializer_class = shapes.InboxShape
    lookup_field = "key"
    http_method_names = ("get", "post", "patch", "head", "options")


class Agents(mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.UpdateModelMixin, viewsets.GenericViewSet[Agent]):
    """People who answer."""

    act = access.Act.CONFIGURE
    queryset = Agent.objects.prefetch_related("inboxes", "skills")
    serializer_class = shapes.AgentShape
    http_method_names = ("get", "patch", "head", "options")


class Skills(mixins.ListModelMixin, mixins.CreateModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[Skill]):
    """Subjects and teams."""

    act = access.Act.CONFIGURE
    queryset = Skill.objects.all()
    serializer_class = shapes.SkillShape
    lookup_field = "name"


class Policies(
    mixins.ListModelMixin, mixins.CreateModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Policy]
):
    """Versions of the limits: added, never changed."""

    act = access.Act.CONFIGURE
    queryset = Policy.objects.all()
    serializer_class = shapes.PolicyShape
    lookup_field = "number"
