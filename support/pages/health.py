"""Liveness and readiness, for whoever starts and watches the processes."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from support import presence


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; says whether a worker is there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = presence.worker_is_there()
    except DatabaseError as error:
        return JsonResponse({"database": False, "why": type(error).__name__}, status=503)
    return JsonResponse({"database": True, "worker": worker})
