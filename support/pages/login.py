"""Signing in and out, and where each role begins."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from support import access, handoff


class LogIn(LoginView):
    """The form; wrong names and wrong passwords get the same answer."""

    template_name = "login.html"
    redirect_authenticated_user = True


class LogOut(LogoutView):
    """Signing out makes the agent unavailable, so that nothing is offered to an empty chair."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Then end the session; the sockets notice at their next heartbeat."""
        caller = access.agent_caller(request.user.pk)
        if caller:
            handoff.set_availability(caller.agent_id, "away")
        return super().post(request, *args, **kwargs)


def home(request: HttpRequest) -> HttpResponse:
    """Managers begin at the figures, everybody else at the console."""
    caller = access.agent_caller(request.user.pk)
    if caller is None:
        return redirect("login")
    return redirect("dashboard" if caller.role == "manager" else "console")
