"""What a customer can do over HTTP: open a session, read, write, rate, stop waiting, finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from http.cookies import Morsel
from typing import Any, cast
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from support import access, handoff, log
from support.api import shapes
from support.api.authentication import CustomerSession
from support.api.described import Page, shape
from support.api.limits import Sessions, address
from support.api.permissions import Allowed, OwnPages
from support.api.problems import Problem
from support.faces import customer as face
from support.models import Inbox
from support.protocol.parts import CustomerState

# Python knows this attribute of cookies from 3.14 on. Without it, blocking of third-party cookies ends the chat.
Morsel._reserved.setdefault("partitioned", "Partitioned")  # type: ignore[attr-defined]
Morsel._flags.add("partitioned")  # type: ignore[attr-defined]

YEAR_S = 365 * 24 * 3600
AFTER = OpenApiParameter("after", int, description="The last seq that you have; 0 for all.")


class CustomerView(APIView):
    """Known by the widget's cookie."""

    authentication_classes = (CustomerSession,)
    permission_classes: tuple[type[BasePermission], ...] = (OwnPages, Allowed)
    act = access.Act.READ_CONVERSATION

    def conversation(self, request: Request) -> UUID:
        """The caller's own conversation."""
        found = handoff.present_conversation(cast(access.CustomerCaller, request.user))
        if found is None:
            raise Http404
        return found


class Session(CustomerView):
    """Open the widget: a cookie for a new customer, and the conversation."""

    permission_classes = (OwnPages,)
    throttle_classes = (Sessions,)

    @extend_schema(request=shapes.SessionIn, responses={200: shapes.SessionOut, 404: shapes.Problem})
    def post(self, request: Request, inbox_key: str) -> Response:
        """The same conversation for as long as it is open."""
        asked = shapes.SessionIn(data=request.data)
        asked.is_valid(raise_exception=True)
        inbox = Inbox.objects.filter(key=inbox_key).first()
        if inbox is None:
            raise Http404
        caller = request.user if isinstance(request.user, access.CustomerCaller) else None
        visit = handoff.open_visit(inbox, caller, asked.validated_data["new"])
        response = Response({"conversation": str(visit.conversation_id), "new": visit.new})
        if visit.token:
            _give_token(response, inbox_key, visit.token)
        return response


def _give_token(response: Response, inbox_key: str, token: str) -> None:
    name = access.cookie_name(inbox_key)
    response.set_cookie(name, token, max_age=YEAR_S, httponly=True, secure=True, samesite="None")
    response.cookies[name]["partitioned"] = True


class Messages(CustomerView):
    """The log of one's own conversation."""

    @extend_schema(parameters=[AFTER], responses=shape(Page))
    def get(self, request: Request, inbox_key: str) -> Response:
        """A page of lines after ``after``."""
        return Response(page(self.conversation(request), request, "customer"))

    @extend_schema(request=shapes.MessageIn, responses={200: shapes.Accepted, 409: shapes.Problem})
    def post(self, request: Request, inbox_key: str) -> Response:
        """Send; the same client_id again gives the first answer."""
        asked = shapes.MessageIn(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        log.admit(address(request), cast(access.CustomerCaller, request.user).inbox_id)
        stored = log.append(self.conversation(request), "customer", values["client_id"], values["body"])
        return Response({"client_id": values["client_id"], "seq": stored.seq})


class State(CustomerView):
    """Who holds one's conversation."""

    @extend_schema(responses=shape(CustomerState))
    def get(self, request: Request, inbox_key: str) -> Response:
        """The holder, the place in the queue, and the expected wait."""
        return Response(asdict(face.state(self.conversation(request))))


class Decision(CustomerView):
    """A step of the customer's; answers with the state after it."""

    def _do(self, request: Request, step: Callable[..., None], *values: Any) -> Response:
        conversation = self.conversation(request)
        try:
            step(conversation, *values)
        except handoff.Conflict as conflict:
            raise Problem(409, conflict.code, conflict.detail) from conflict
        return Response(asdict(face.state(conversation)))


class StopWaiting(Decision):
    """Leave the queue."""

    act = access.Act.WRITE_AS_CUSTOMER

    @extend_schema(request=None, responses={200: shape(CustomerState), 409: shapes.Problem})
    def post(self, request: Request, inbox_key: str) -> Response:
        """Back to the bot."""
        return self._do(request, handoff.stop_waiting)


class Finish(Decision):
    """End the chat."""

    act = access.Act.WRITE_AS_CUSTOMER

    @extend_schema(request=None, responses={200: shape(CustomerState), 409: shapes.Problem})
    def post(self, request: Request, inbox_key: str) -> Response:
        """Nobody holds it afterwards."""
        return self._do(request, handoff.finish)


class Rating(Decision):
    """The customer's own score."""

    act = access.Act.RATE

    @extend_schema(request=shapes.RatingIn, responses={200: shape(CustomerState), 409: shapes.Problem})
    def post(self, request: Request, inbox_key: str) -> Response:
        """The first one counts."""
        asked = shapes.RatingIn(data=request.data)
        asked.is_valid(raise_exception=True)
        return self._do(request, handoff.rate, asked.validated_data["score"], asked.validated_data["comment"])


def page(conversation: UUID, request: Request, viewer: Any) -> dict[str, Any]:
    """One page of the log as JSON."""
    after = request.query_params.get("after", "0")
    if not after.isdecimal() or len(after) > 9:
        raise Problem(400, "invalid", "after must be a whole number.")
    items = log.since(conversation, int(after), viewer)
    return {"items": [asdict(item) for item in items], "more": len(items) == log.PAGE}
