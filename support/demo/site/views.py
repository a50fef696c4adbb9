"""The shop's pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from support.demo.data.products import CATEGORIES
from support.demo.loading.inbox import KEY
from support.demo.models import RETURN_DAYS, Order, Product
from support.demo.shelf import search
from support.demo.site import asking, basket


def page(request: HttpRequest, name: str, status: int = 200, **content: Any) -> HttpResponse:
    """A page with what every page shows: the categories, the basket's size and the widget."""
    common = {
        "categories": CATEGORIES,
        "basket_size": len(basket.slugs(request)),
        "service": settings.PUBLIC_URL,
        "inbox_key": KEY,
        "return_days": RETURN_DAYS,
    }
    return render(request, f"shop/{name}.html", common | content, status=status)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The first product; a line that says what to do when the shelf is empty."""
    product = Product.objects.first()
    return page(request, "product", product=product) if product else page(request, "empty")


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product and what goes with it."""
    return page(request, "product", product=get_object_or_404(Product, slug=slug))


@require_safe
def category(request: HttpRequest, name: str) -> HttpResponse:
    """All of one kind."""
    if name not in CATEGORIES:
        raise Http404
    return page(request, "shelf", title=name.capitalize(), products=Product.objects.filter(category=name))


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """Products by words, all of them before a word is written."""
    words = request.GET.get("words", "").replace("\x00", "")[:100]
    return page(request, "shelf", title="Search", searching=True, words=words, products=search(words))


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """The sample orders that one can ask the bot about; a real shop would show only one's own."""
    today = timezone.localdate()
    samples = [
        (order, asking.outcome(order, today), asking.question(order, today))
        for order in Order.objects.select_related("customer", "returned").prefetch_related("items__product")
    ]
    return page(request, "orders", samples=samples)


@require_safe
def shown_basket(request: HttpRequest) -> HttpResponse:
    """What lies in the basket."""
    content = basket.products(request)
    return page(request, "basket", products=content, total=sum((each.price for each in content), Decimal(0)))


@require_POST
def changed_basket(request: HttpRequest) -> HttpResponse:
    """Put a piece in (``add``) or take one out (``remove``)."""
    content = basket.slugs(request)
    added, removed = request.POST.get("add"), request.POST.get("remove")
    if added:
        content.append(get_object_or_404(Product, slug=added.replace("\x00", "")).slug)
    if removed in content:
        content.remove(removed)
    response = redirect("basket")
    basket.keep(response, content)
    return response


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Delivery, returns and privacy."""
    return page(request, "terms")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that is not there."""
    return page(request, "missing", status=404)
