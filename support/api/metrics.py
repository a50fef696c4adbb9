"""The manager's figures over HTTP, and the conversations behind each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import path, reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from support import access
from support.api import metrics_shapes as shapes
from support.api.agent import caller_of
from support.api.problems import Problem
from support.metrics import lists, scope
from support.metrics.figures import ALL, BY_KEY, KINDS, Figure, of_kind
from support.metrics.period import WrongFilter
from support.metrics.report import Report, report
from support.metrics.shares import RATES
from support.metrics.sheet import sheet
from support.metrics.spreads import TIMINGS

MOST = 200
FILTERS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="First day; 14 days before the last one by default."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="Last day; today by default."),
    OpenApiParameter("inbox", str, description="Key of one inbox; all of one's own by default."),
]
PAGE = [
    OpenApiParameter("offset", int, description="Rows to leave out; 0 by default."),
    OpenApiParameter("limit", int, description=f"Rows to give, 1 to {MOST}; {MOST} by default."),
]


class Metrics(APIView):
    """Every figure of a period."""

    act = access.Act.READ_METRICS

    @extend_schema(parameters=FILTERS, responses=shapes.Metrics)
    def get(self, request: Request) -> Response:
        """Counts, rates and durations, each with how it is counted and where its conversations are."""
        return Response(metrics(report(scope_of(request))))


class Behind(APIView):
    """The conversations behind one figure."""

    act = access.Act.READ_METRICS

    @extend_schema(parameters=FILTERS + PAGE, responses=shapes.Listing)
    def get(self, request: Request, figure: str) -> Response:
        """``count`` is the figure itself; ``items`` are the rows from ``offset`` on."""
        asked, seen = figure_of(figure), scope_of(request)
        offset, limit = number(request, "offset", 0, 0, 10_000_000), number(request, "limit", MOST, 1, MOST)
        items = [shapes.ConversationRow(asdict(row)).data for row in lists.rows(seen, asked, offset, limit)]
        count = lists.ordered(seen, asked).count()
        return Response({"figure": figure_face(asked, count, seen.query()), "count": count, "items": items})


class AnyAccept(BaseContentNegotiation):
    """CSV whatever the caller accepts; failures are JSON as everywhere."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first one; a GET has no body."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The first one, for failures."""
        return renderers[0], renderers[0].media_type


class Sheet(APIView):
    """The same list as CSV."""

    act = access.Act.READ_METRICS
    content_negotiation_class = AnyAccept

    @extend_schema(parameters=FILTERS, responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.STR)})
    def get(self, request: Request, figure: str) -> HttpResponse:
        """All rows. A cell that a spreadsheet would calculate has an apostrophe in front."""
        asked, seen = figure_of(figure), scope_of(request)
        name = f"baton-{asked.key}-{seen.period.first}-{seen.period.last}.csv"
        return HttpResponse(
            sheet(lists.rows(seen, asked)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )


def scope_of(request: Request) -> scope.Scope:
    """The scope that the call names, within the caller's inboxes."""
    try:
        return scope.read(request.query_params, caller_of(request).inboxes())
    except WrongFilter as error:
        raise ValidationError({error.field: [error.detail]}) from error


def figure_of(key: str) -> Figure:
    """The figure of this key, or 404."""
    if key not in BY_KEY:
        raise Problem(404, "not_found", f"There is no figure {key!r}. GET /api/metrics names them all.")
    return BY_KEY[key]


def number(request: Request, name: str, default: int, low: int, high: int) -> int:
    """A whole number of the query, within bounds."""
    value = request.query_params.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high):
        raise ValidationError({name: [f"Write a whole number from {low} to {high}."]})
    return int(value)


def metrics(found: Report) -> dict[str, Any]:
    """A report as JSON; shares from 0 to 1, durations in seconds, null where there is nothing to measure."""
    seen = found.scope
    return {
        "from": seen.period.first.isoformat(),
        "to": seen.period.last.isoformat(),
        "time_zone": settings.TIME_ZONE,
        "inbox": seen.inbox.key if seen.inbox else None,
        "figures": [figure_face(figure, found.counts[figure.key], seen.query()) for figure in ALL],
        "rates": [
            {
                "key": rate.key,
                "name": rate.name,
                "part": rate.part,
                "whole": rate.whole,
                "n": share.n,
                "share": share.value,
                "interval": share.interval(),
                "few": share.few,
            }
            for rate, share in ((rate, found.shares[rate.key]) for rate in RATES)
        ],
        "durations": [
            {
                "key": timing.key,
                "name": timing.name,
                "figure": timing.figure,
                "n": spread.n,
                "p50_s": spread.p50,
                "p90_s": spread.p90,
                "mean_s": spread.mean,
                "few": spread.few,
            }
            for timing, spread in ((timing, found.spreads[timing.key]) for timing in TIMINGS)
        ],
        "days": [
            {
                "from": part.period.first.isoformat(),
                "to": part.period.last.isoformat(),
                **{key: part.counts[key] for key in ("started", "closed", "contained", "escalated")},
                "escalated_by_kind": {kind.value: part.counts[of_kind(kind)] for kind in KINDS},
            }
            for part in found.parts
        ],
    }


def figure_face(figure: Figure, count: int, query: Mapping[str, str]) -> dict[str, Any]:
    """A figure with its definition and its list."""
    where = reverse("metrics-list", args=[figure.key])
    return {
        "key": figure.key,
        "name": figure.name,
        "unit": figure.unit.value,
        "how": figure.how,
        "count": count,
        "conversations": f"{where}?{urlencode(query)}",
        "csv": f"{reverse('metrics-csv', args=[figure.key])}?{urlencode(query)}",
    }


urls = [
    path("metrics", Metrics.as_view(), name="metrics"),
    path("metrics/<slug:figure>/conversations", Behind.as_view(), name="metrics-list"),
    path("metrics/<slug:figure>/conversations.csv", Sheet.as_view(), name="metrics-csv"),
]
