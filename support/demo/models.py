"""What the shop sells, to whom, and what came back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

CURRENCY = "EUR"
RETURN_DAYS = 60


class Product(models.Model):
    """Something on the shelf. ``picture`` names a drawing among the static files."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=20)
    kicker = models.CharField(max_length=60, help_text="The line above the name.")
    blurb = models.TextField(max_length=400)
    price = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    stock = models.PositiveIntegerField()
    weight_g = models.PositiveIntegerField("weight (g)")
    packed = models.CharField(max_length=30, help_text="Size when packed.")
    picture = models.SlugField(max_length=40)
    picture_shows = models.CharField(max_length=80, help_text="For those who cannot see the picture.")
    place = models.PositiveSmallIntegerField(
        unique=True, help_text="Order on the shelf; the first is on the front page."
    )
    goes_with = models.ManyToManyField("self", symmetrical=False, blank=True)

    class Meta:
        ordering = ("place",)

    def __str__(self) -> str:
        return self.name

    @property
    def weight(self) -> str:
        """As people say it: grams below one kilogram."""
        return f"{self.weight_g / 1000:.1f} kg" if self.weight_g >= 1000 else f"{self.weight_g} g"


class ShopCustomer(models.Model):
    """Somebody who orders; not the Customer of the widget, who is known by a browser only."""

    name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    """How far an order is."""

    PLACED = "placed", "Placed"
    PACKED = "packed", "Packed"
    SHIPPED = "shipped", "Shipped"
    DELIVERED = "delivered", "Delivered"
    CANCELLED = "cancelled", "Cancelled"


class Order(models.Model):
    """What somebody bought. ``number`` is what they quote, such as TW-48213."""

    number = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey(ShopCustomer, on_delete=models.PROTECT, related_name="orders")
    status = models.CharField(max_length=10, choices=Status)
    placed_on = models.DateField()
    expected_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    carrier = models.CharField(max_length=40, blank=True)
    tracking = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status=Status.DELIVERED, delivered_on__isnull=False)
                | (~models.Q(status=Status.DELIVERED) & models.Q(delivered_on__isnull=True)),
                name="delivered_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Decimal:
        """The sum of the items, in CURRENCY."""
        return sum((item.price * item.quantity for item in self.items.all()), Decimal(0))

    @property
    def last_return_day(self) -> date | None:
        """Until when it may come back; None before it was delivered."""
        return self.delivered_on + timedelta(days=RETURN_DAYS) if self.delivered_on else None


class OrderItem(models.Model):
    """A product in an order, at the price of that day."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="sold")
    quantity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    price = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("order", "product"), name="one_item_per_product"),)

    def __str__(self) -> str:
        return f"{self.quantity} x {self.product.name}"


class ReturnStatus(models.TextChoices):
    """How far a return is."""

    ANNOUNCED = "announced", "Announced"
    RECEIVED = "received", "Received"
    REFUNDED = "refunded", "Refunded"


class Return(models.Model):
    """An order that comes back. ``message_id`` names the request, so that asking twice announces once."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="returned")
    reason = models.TextField(max_length=4000)
    message_id = models.CharField(max_length=100, unique=True)
    status = models.CharField(max_length=10, choices=ReturnStatus, default=ReturnStatus.ANNOUNCED)
    announced_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    refunded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the customer quotes, such as RT-1043. It is the row's own number, so two can never be the same."""
        return f"RT-{self.pk}"
