"""Two pages, for managers and administrators: the figures, and the list behind one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from support import access
from support.metrics import lists, period, scope
from support.metrics.figures import BY_KEY, Figure, Unit
from support.metrics.period import WrongFilter
from support.metrics.report import report
from support.pages.dashboard import plot, tables, tiles, words
from support.pages.dashboard.links import Links
from support.pages.dashboard.listing import shown

ROWS = 50
View = Callable[[HttpRequest, access.AgentCaller], HttpResponse]


def for_managers(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Strangers sign in first; a role that may not read metrics is refused."""

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        caller = access.agent_caller(request.user.pk)
        if caller is None:
            return redirect_to_login(request.get_full_path())
        if not caller.may(access.Act.READ_METRICS):
            raise PermissionDenied(f"Your role may not {access.Act.READ_METRICS}.")
        return view(request, caller)

    return guarded


@for_managers
def dashboard(request: HttpRequest, caller: access.AgentCaller) -> HttpResponse:
    """The figures of a period; a filter that cannot be read is explained, and no figure is shown for it."""
    try:
        seen = scope.read(request.GET, caller.inboxes())
    except WrongFilter as error:
        return render(request, "dashboard.html", {**_filters(request.GET, caller), "wrong": error}, status=400)
    found = report(seen)
    context: dict[str, Any] = {**_filters(seen.query(), caller), "scope": seen, "empty": not found.counts["started"]}
    if context["empty"]:
        context["latest"] = _latest(seen)
    else:
        context |= {
            "tiles": tiles.tiles(found),
            "rates": plot.rates(found),
            "rates_by_day": tables.rates_by_day(found),
            "reasons": plot.reasons(found),
            "reasons_by_day": tables.reasons_by_day(found),
            "kinds": tables.kinds(found),
            "escalated": Links(seen).count("escalated", found.counts["escalated"]),
            "outcomes": tables.outcomes(found),
            "ratings": tables.ratings(found),
            "after": tables.after(found),
            "definitions": tables.definitions(found),
        }
    return render(request, "dashboard.html", context)


@for_managers
def conversations(request: HttpRequest, caller: access.AgentCaller) -> HttpResponse:
    """The conversations (or handoffs) that one figure counts, 50 to a page."""
    figure = _figure(request.GET.get("figure", ""))
    try:
        seen = scope.read(request.GET, caller.inboxes())
    except WrongFilter as error:
        return render(request, "dashboard.html", {**_filters(request.GET, caller), "wrong": error}, status=400)
    pages = Paginator(lists.ordered(seen, figure), ROWS)
    page = pages.get_page(request.GET.get("page"))
    links = Links(seen)
    context = {
        "figure": figure,
        "count": pages.count,
        "count_words": words.number(pages.count),
        "handoffs": figure.unit == Unit.HANDOFFS,
        "unit": figure.unit.value if pages.count != 1 else figure.unit.value.removesuffix("s"),
        "rows": [shown(row) for row in lists.rows(seen, figure, page.start_index() - 1, ROWS)] if pages.count else [],
        "page": page,
        "here": links.to(figure.key),
        "sheet": links.sheet(figure.key),
        "back": links.overview(),
    }
    return render(request, "dashboard/conversations.html", {**_filters(seen.query(), caller), "scope": seen, **context})


def _figure(key: str) -> Figure:
    if key not in BY_KEY:
        raise Http404("There is no such figure.")
    return BY_KEY[key]


def _filters(asked: Mapping[str, str], caller: access.AgentCaller) -> dict[str, Any]:
    here = timezone.get_default_timezone()
    return {
        "filters": {"first": asked.get("from", ""), "last": asked.get("to", ""), "inbox": asked.get("inbox", "")},
        "inboxes": caller.inboxes(),
        "configures": caller.may(access.Act.CONFIGURE),
        "time_zone": settings.TIME_ZONE,
        "computed": timezone.localtime(timezone=here),
    }


def _latest(seen: scope.Scope) -> dict[str, Any] | None:
    """The nearest period that has something to show."""
    last = seen.last_day()
    if last is None:
        return None
    nearest = seen.within(period.ending(last))
    return {"day": last, "period": nearest.period, "href": Links(nearest).overview()}


urls = [
    path("dashboard/", dashboard, name="dashboard"),
    path("dashboard/conversations", conversations, name="dashboard-conversations"),
]
