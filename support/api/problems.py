"""Failures as answers: ``{"code", "detail", ...}`` with the status that fits."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from support import access, log


class Problem(APIException):
    """An answer with a code for programs and more fields where they help."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.more = more


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler for this API."""
    if isinstance(error, access.Denied):
        return Response(
            {"code": "not_found" if error.hidden else "forbidden", "detail": error.detail}, 404 if error.hidden else 403
        )
    if isinstance(error, OperationalError | InterfaceError):
        error = log.unavailable()
    if isinstance(error, log.Refused):
        return _refused(error)
    if isinstance(error, RequestDataTooBig):
        return Response({"code": "too_large", "detail": "That is more than any call needs."}, 413)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, ValidationError):
        response.data = {"code": "invalid", "detail": "Some fields are wrong.", "fields": response.data}
    elif isinstance(error, APIException):
        more = error.more if isinstance(error, Problem) else {}
        response.data = {"code": error.get_codes(), "detail": str(error.detail), **more}
    return response


def _refused(error: log.Refused) -> Response:
    problem = {"code": error.code, "detail": error.detail}
    if not error.retry_s:
        return Response(problem, 409)
    return Response(problem, 503 if error.code == "unavailable" else 429, headers={"Retry-After": str(error.retry_s)})
