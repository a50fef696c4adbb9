"""Signing in and out, and where each role begins."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from support import access, handoff


class LogIn(LoginView):
    """The form; wrong names and wrong passwords get the same answer."""

    template_name = "login.html"
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whom every page sends here although they are signed in would go in circles: tell them why instead."""
        if request.user.is_authenticated and access.agent_caller(request.user.pk) is None:
            raise PermissionDenied("This account belongs to no agent.")
        return super().dispatch(request, *args, **kwargs)


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
        return redirect("admin:index" if request.user.is_staff else "login")
    return redirect("dashboard" if caller.role == "manager" else "console")


def administer(request: HttpRequest) -> HttpResponse:
    """The admin's way to our form; who is signed in and may not administer is told so."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", "/admin/"))
    if not request.user.is_staff:
        raise PermissionDenied(f"Your role may not {access.Act.CONFIGURE}.")
    return redirect("admin:index")
