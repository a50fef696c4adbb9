"""Orders, returns and products for the bot."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from support.api.problems import Problem
from support.demo.api.answers import OrderAnswer, ProblemAnswer, ProductAnswer, ReturnAnswer, ReturnRequest
from support.demo.api.token import KnowsToken, ShopToken
from support.demo.models import Order
from support.demo.returning import NotReturnable, announce
from support.demo.shelf import search

MOST_PRODUCTS = 5


class ShopView(APIView):
    """A look-up that the shop's token opens."""

    authentication_classes = (ShopToken,)
    permission_classes = (KnowsToken,)


class OrderView(ShopView):
    """One order by its number."""

    @extend_schema(operation_id="shop_order", responses={200: OrderAnswer, 404: ProblemAnswer})
    def get(self, request: Request, number: str) -> Response:
        """Where an order is, what is in it, and whether it comes back."""
        orders = Order.objects.select_related("returned").prefetch_related("items__product")
        order = orders.filter(number=plain(number)).first()
        if order is None:
            raise unknown(number)
        return Response(OrderAnswer(order).data)


class ReturnsView(ShopView):
    """Returns to announce."""

    @extend_schema(
        operation_id="shop_return",
        request=ReturnRequest,
        responses={201: ReturnAnswer, 200: ReturnAnswer, 404: ProblemAnswer, 409: ProblemAnswer},
    )
    def post(self, request: Request) -> Response:
        """Announce a return; the same ``message_id`` again gives the first one with 200."""
        asked = ReturnRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        number = asked.validated_data["order"]
        try:
            found, new = announce(
                plain(number), asked.validated_data["reason"], asked.validated_data["message_id"], timezone.localdate()
            )
        except Order.DoesNotExist as error:
            raise unknown(number) from error
        except NotReturnable as error:
            raise Problem(409, error.code, error.detail) from error
        return Response(ReturnAnswer(found).data, status=201 if new else 200)


class ProductsView(ShopView):
    """Products by words."""

    @extend_schema(
        operation_id="shop_products",
        parameters=[OpenApiParameter("search", str, description="Words of a name or a category.")],
        responses={200: ProductAnswer(many=True)},
    )
    def get(self, request: Request) -> Response:
        """The best five for these words."""
        words = request.query_params.get("search", "").replace("\x00", " ")
        return Response(ProductAnswer(search(words)[:MOST_PRODUCTS], many=True).data)


def plain(number: str) -> str:
    """An order number as it is stored; people write it in small letters, too. NUL cannot be in a query."""
    return number.strip().upper().replace("\x00", "")


def unknown(number: str) -> Problem:
    """There is no such order."""
    return Problem(404, "not_found", f"There is no order {number[:20]}.")
