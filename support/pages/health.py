"""Liveness and readiness, for whoever starts and watches the processes."""

import os
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from support import presence

NO_SERVER = {"name": "", "draining": False}


def live(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when this process takes visitors: its database answers and it is not on its way out. Says whether a worker is there."""
    about = {"process": os.getpid(), **_server(request)}
    if about["draining"]:
        return JsonResponse(about, status=503)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = presence.worker_is_there()
    except DatabaseError as error:
        return JsonResponse({**about, "database": False, "why": type(error).__name__}, status=503)
    return JsonResponse({**about, "database": True, "worker": worker})


def _server(request: HttpRequest) -> dict[str, Any]:
    # Put there by support.management.daphne_server; another server than ours says nothing.
    extensions = request.scope.get("extensions", {}) if isinstance(request, ASGIRequest) else {}
    return {**NO_SERVER, **extensions.get("baton.server", {})}
