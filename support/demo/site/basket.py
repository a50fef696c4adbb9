"""The basket: product slugs in a cookie. Nothing can be paid for here, so it needs no account and no secrets."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from support.demo.models import Product

COOKIE = "tarnwood-basket"
MOST = 20


def slugs(request: HttpRequest) -> list[str]:
    """What lies in it, in the order in which it was put there; one slug per piece."""
    return [slug for slug in request.COOKIES.get(COOKIE, "").split(".") if slug][:MOST]


def products(request: HttpRequest) -> list[Product]:
    """The same as products; a slug that is not sold is left out."""
    sold = {product.slug: product for product in Product.objects.filter(slug__in=slugs(request))}
    return [sold[slug] for slug in slugs(request) if slug in sold]


def keep(response: HttpResponse, content: list[str]) -> None:
    """Store the content until the browser closes."""
    response.set_cookie(COOKIE, ".".join(content[:MOST]), httponly=True, samesite="Lax")
