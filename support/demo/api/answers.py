"""What the look-ups answer, and what the one request asks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from support.demo.models import CURRENCY, Order, OrderItem, Product, Return


class ReturnAnswer(serializers.ModelSerializer[Return]):
    """How far a return is."""

    number = serializers.CharField(read_only=True)

    class Meta:
        model = Return
        fields = ("number", "status", "reason", "received_on", "refunded_on")


class ItemAnswer(serializers.ModelSerializer[OrderItem]):
    """A line of an order."""

    name = serializers.CharField(source="product.name")

    class Meta:
        model = OrderItem
        fields = ("name", "quantity", "price")


class OrderAnswer(serializers.ModelSerializer[Order]):
    """An order; ``carrier`` and ``tracking`` are null until it is on its way."""

    items = ItemAnswer(many=True)
    total = serializers.DecimalField(max_digits=10, decimal_places=2)
    currency = serializers.SerializerMethodField()
    carrier = serializers.SerializerMethodField()
    tracking = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = (
            "number", "status", "placed_on", "items", "total", "currency",
            "carrier", "tracking", "expected_on", "delivered_on",
        )  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add ``return``, which cannot be written as the name of an attribute."""
        return {**super().get_fields(), "return": ReturnAnswer(source="returned", allow_null=True)}

    def get_currency(self, order: Order) -> str:
        """The shop has one."""
        return CURRENCY

    def get_carrier(self, order: Order) -> str | None:
        """Who brings it."""
        return order.carrier or None

    def get_tracking(self, order: Order) -> str | None:
        """The carrier's own number."""
        return order.tracking or None


class ProductAnswer(serializers.ModelSerializer[Product]):
    """A product in a list."""

    currency = serializers.SerializerMethodField()

    class Meta:
        model = Product
        fields = ("name", "category", "price", "currency", "stock")

    def get_currency(self, product: Product) -> str:
        """The shop has one."""
        return CURRENCY


class ReturnRequest(serializers.Serializer[None]):
    """A return to announce. The reason is in the customer's words and may be as long as a message."""

    order = serializers.CharField(max_length=100)
    reason = serializers.CharField(max_length=4000)
    message_id = serializers.CharField(max_length=100)


class ProblemAnswer(serializers.Serializer[None]):
    """A refusal: a word for programs, a sentence for people."""

    code = serializers.CharField()
    detail = serializers.CharField()
