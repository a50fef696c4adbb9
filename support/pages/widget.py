"""The loader that a website embeds, and the panel inside the iframe."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from support.models import Inbox
from support.protocol import VERSION


@require_safe
def loader(request: HttpRequest) -> HttpResponse:
    """A stable address with an ETag: websites never change their script tag."""
    path = finders.find("widget.js")
    if not isinstance(path, str):
        raise Http404("The front end is not built.")
    script = Path(path).read_bytes()
    etag = f'"{hashlib.sha256(script).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
@xframe_options_exempt  # frame-ancestors below says who may
def panel(request: HttpRequest, inbox_key: str) -> HttpResponse:
    """The chat itself; only the inbox's own websites may frame it."""
    inbox = Inbox.objects.filter(key=inbox_key).first()
    if inbox is None:
        raise Http404("There is no such inbox.")
    response = render(request, "panel.html", {"inbox": inbox, "sites": ",".join(inbox.sites), "version": VERSION})
    policy = {**settings.SECURE_CSP, "frame-ancestors": [*inbox.sites] or [CSP.NONE]}
    response._csp_config = policy  # type: ignore[attr-defined]  # what csp_override would set, but per inbox
    return response
