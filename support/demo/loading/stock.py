"""Products, customers, orders and returns of the shop."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.management.color import no_style
from django.db import connection

from support.demo.data.orders import CUSTOMERS, ORDERS, SampleOrder, SampleReturn
from support.demo.data.products import PRODUCTS
from support.demo.models import Order, OrderItem, Product, Return, ShopCustomer


def load(today: date) -> list[str]:
    """Put the sample data in. Where it is there from an earlier day, its dates move on to ``today``.

    Returns:
        What changed.
    """
    changes: list[str] = []
    if not Product.objects.exists():
        fill_shelf()
        changes.append(f"{len(PRODUCTS)} products")
    new = moved = 0
    for sample in ORDERS:
        before = Order.objects.filter(number=sample.number).first()
        if before is None:
            new += 1
        elif before.placed_on != ago(today, sample.placed):
            moved += 1
        else:
            continue
        keep(sample, today)
    if new:
        changes.append(f"{new} orders")
    if moved:
        changes.append(f"{moved} orders moved on to today's dates")
    number_returns()
    return changes


def fill_shelf() -> None:
    """Create the products, then which goes with which."""
    made: dict[str, Product] = {}
    for place, shelved in enumerate(PRODUCTS, 1):
        made[shelved.slug] = Product.objects.create(
            slug=shelved.slug,
            name=shelved.name,
            category=shelved.category,
            kicker=shelved.kicker,
            blurb=shelved.blurb,
            price=shelved.price,
            stock=shelved.stock,
            weight_g=shelved.weight_g,
            packed=shelved.packed,
            picture=shelved.slug,
            picture_shows=shelved.picture_shows,
            place=place,
        )
    for shelved in PRODUCTS:
        made[shelved.slug].goes_with.set(made[slug] for slug in shelved.goes_with)


def keep(sample: SampleOrder, today: date) -> None:
    """Create an order with its items and return, or bring it back to what the sample says for today."""
    customer, _ = ShopCustomer.objects.get_or_create(
        email=f"{sample.customer}@example.com", defaults={"name": CUSTOMERS[sample.customer]}
    )
    order, new = Order.objects.update_or_create(
        number=sample.number,
        defaults={
            "customer": customer,
            "status": sample.status,
            "placed_on": ago(today, sample.placed),
            "expected_on": None if sample.expected is None else ago(today, -sample.expected),
            "delivered_on": maybe(today, sample.delivered),
            "carrier": sample.carrier,
            "tracking": sample.tracking,
        },
    )
    if new:
        for slug, quantity in sample.items:
            product = Product.objects.get(slug=slug)
            OrderItem.objects.create(order=order, product=product, quantity=quantity, price=product.price)
    if sample.returned:
        keep_return(order, sample.returned, today)


def keep_return(order: Order, sample: SampleReturn, today: date) -> None:
    """The same for a return."""
    Return.objects.update_or_create(
        pk=sample.number,
        defaults={
            "order": order,
            "reason": sample.reason,
            "message_id": f"sample-{sample.number}",
            "status": sample.status,
            "announced_on": ago(today, sample.announced),
            "received_on": maybe(today, sample.received),
            "refunded_on": maybe(today, sample.refunded),
        },
    )


def number_returns() -> None:
    """Let the next return continue after the samples, whose numbers are fixed."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Return]):
            cursor.execute(statement)


def ago(today: date, days: int) -> date:
    """The day that many days before today."""
    return today - timedelta(days=days)


def maybe(today: date, days: int | None) -> date | None:
    """The same for what has not happened to every order."""
    return None if days is None else ago(today, days)
