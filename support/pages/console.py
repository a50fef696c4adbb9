"""The page that the console runs in."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from support import access


@ensure_csrf_cookie
def console(request: HttpRequest) -> HttpResponse:
    """For agents and above."""
    caller = access.agent_caller(request.user.pk)
    if caller is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "console.html", {"role": caller.role})
