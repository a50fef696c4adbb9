"""What agents do over HTTP: read conversations and the queue, accept, take over, hand back, resolve, availability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from support import access, handoff
from support.api import shapes
from support.api.customer import AFTER, page
from support.api.described import Page, Rows, shape
from support.api.problems import Problem
from support.faces import case as case_face
from support.faces import lists as lists_face
from support.faces.rows import rows
from support.models import Holder
from support.protocol import agent as frames
from support.protocol import parts

MOST = 200


def caller_of(request: Request) -> access.AgentCaller:
    """The signed-in agent; the permission layer has let them through."""
    return cast(access.AgentCaller, request.user)


class Me(APIView):
    """The agent who is signed in."""

    act = access.Act.USE_CONSOLE

    @extend_schema(responses=shape(parts.Me))
    def get(self, request: Request) -> Response:
        """Name, role, availability, capacity and load."""
        return Response(asdict(lists_face.me(caller_of(request).agent_id)))

    @extend_schema(request=shapes.AvailabilityIn, responses=shape(parts.Me))
    def patch(self, request: Request) -> Response:
        """Declare availability."""
        asked = shapes.AvailabilityIn(data=request.data)
        asked.is_valid(raise_exception=True)
        handoff.set_availability(caller_of(request).agent_id, asked.validated_data["availability"])
        return self.get(request)


class Lists(APIView):
    """Mine, the queue, and what the bot holds."""

    act = access.Act.USE_CONSOLE

    @extend_schema(responses=shape(frames.Lists))
    def get(self, request: Request) -> Response:
        """The same as the socket's ``lists`` frame."""
        caller = caller_of(request)
        inboxes = caller.inboxes().values_list("pk", flat=True)
        return Response(asdict(lists_face.read(inboxes, {caller.agent_id})[caller.agent_id]))


class Conversations(APIView):
    """Conversations of one's inboxes, the latest first."""

    act = access.Act.READ_CONVERSATION

    @extend_schema(
        operation_id="conversations_list",
        parameters=[OpenApiParameter("holder", str, enum=Holder.values)],
        responses=shape(Rows),
    )
    def get(self, request: Request) -> Response:
        """At most 200, by holder when one is named."""
        found = caller_of(request).conversations().order_by("-last_at")
        holder = request.query_params.get("holder")
        if holder:
            if holder not in Holder.values:
                raise Problem(400, "invalid", f"holder must be one of {', '.join(Holder.values)}.")
            found = found.filter(holder=holder)
        return Response({"items": [asdict(row) for row in rows(found, MOST)]})


class Conversation(APIView):
    """One conversation."""

    act = access.Act.READ_CONVERSATION

    @extend_schema(responses={200: shape(parts.Case), 404: shapes.Problem})
    def get(self, request: Request, conversation_id: str) -> Response:
        """The case: who held it, why, what is known, every score."""
        found = access.conversation(caller_of(request), self.act, conversation_id)
        return Response(asdict(case_face.case(found, caller_of(request).agent_id)))


class Messages(APIView):
    """The log of one conversation."""

    act = access.Act.READ_CONVERSATION

    @extend_schema(parameters=[AFTER], responses={200: shape(Page), 404: shapes.Problem})
    def get(self, request: Request, conversation_id: str) -> Response:
        """A page of lines."""
        return Response(page(access.conversation(caller_of(request), self.act, conversation_id), request, "agent"))

    @extend_schema(request=shapes.MessageIn, responses={200: shapes.Accepted, 409: shapes.Problem})
    def post(self, request: Request, conversation_id: str) -> Response:
        """Reply, as the agent who holds it."""
        asked = shapes.MessageIn(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        found = access.conversation(caller_of(request), access.Act.WRITE_AS_AGENT, conversation_id)
        stored = handoff.reply(found, caller_of(request).agent_id, values["client_id"], values["body"])
        return Response({"client_id": values["client_id"], "seq": stored.seq})


class Decision(APIView):
    """A step that passes a conversation on; answers with the case after it, or 409 when somebody was first."""

    act = access.Act.PASS_ON

    def _do(self, request: Request, conversation_id: str, step: Callable[..., None], *values: Any) -> Response:
        found = access.conversation(caller_of(request), self.act, conversation_id)
        agent_id = caller_of(request).agent_id
        try:
            step(found, agent_id, *values)
        except handoff.Conflict as conflict:
            more = {"holder": conflict.holder, "agent": conflict.agent}
            raise Problem(409, conflict.code, conflict.detail, **more) from conflict
        return Response(asdict(case_face.case(found, agent_id)))


class Accept(Decision):
    """Take a waiting conversation."""

    @extend_schema(request=None, responses={200: shape(parts.Case), 409: shapes.Problem})
    def post(self, request: Request, conversation_id: str) -> Response:
        """One winner; the others get 409 and the name of the one who holds it."""
        return self._do(request, conversation_id, handoff.accept)


class TakeOver(Decision):
    """Step into a conversation that the bot holds."""

    @extend_schema(request=None, responses={200: shape(parts.Case), 409: shapes.Problem})
    def post(self, request: Request, conversation_id: str) -> Response:
        """The bot is quiet from here on."""
        return self._do(request, conversation_id, handoff.take_over)


class HandBack(Decision):
    """Give it back to the bot."""

    @extend_schema(request=shapes.HandBackIn, responses={200: shape(parts.Case), 409: shapes.Problem})
    def post(self, request: Request, conversation_id: str) -> Response:
        """With what the bot should know."""
        asked = shapes.HandBackIn(data=request.data)
        asked.is_valid(raise_exception=True)
        return self._do(request, conversation_id, handoff.hand_back, asked.validated_data["note"])


class Resolve(Decision):
    """Close it."""

    @extend_schema(request=shapes.ResolveIn, responses={200: shape(parts.Case), 409: shapes.Problem})
    def post(self, request: Request, conversation_id: str) -> Response:
        """With a disposition."""
        asked = shapes.ResolveIn(data=request.data)
        asked.is_valid(raise_exception=True)
        return self._do(request, conversation_id, handoff.resolve, asked.validated_data["disposition"])
