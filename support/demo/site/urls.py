"""The shop's addresses."""

from pathlib import Path

from django.urls import path
from django.views.static import serve

from support.demo.site import views

STATIC = Path(__file__).resolve().parent.parent / "static" / "shop"

handler404 = views.missing
urlpatterns = [
    path("", views.front, name="front"),
    path("products/<slug:slug>/", views.product, name="product"),
    path("category/<slug:name>/", views.category, name="category"),
    path("search/", views.found, name="search"),
    path("orders/", views.orders, name="orders"),
    path("basket/", views.shown_basket, name="basket"),
    path("basket/change/", views.changed_basket, name="basket-change"),
    path("terms/", views.terms, name="terms"),
    # The shop has its own files on its own origin, as a customer's website has.
    path("static/shop/<path:path>", serve, {"document_root": STATIC}, name="file"),
]
