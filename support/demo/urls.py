"""The look-ups, to be included under /api/shop/."""

from django.urls import path

from support.demo.api.views import OrderView, ProductsView, ReturnsView

urlpatterns = [
    path("orders/<str:number>", OrderView.as_view(), name="shop-order"),
    path("returns", ReturnsView.as_view(), name="shop-returns"),
    path("products", ProductsView.as_view(), name="shop-products"),
]
