"""The sample data holds together, and holds the cases that the documentation names."""

from collections import Counter
from pathlib import Path

from support.demo.data.orders import CUSTOMERS, ORDERS
from support.demo.data.products import CATEGORIES, PRODUCTS
from support.demo.models import RETURN_DAYS, ReturnStatus, Status

SLUGS = {product.slug for product in PRODUCTS}
BY_NUMBER = {order.number: order for order in ORDERS}
PICTURES = Path(__file__).parents[2] / "support" / "demo" / "static" / "shop" / "pictures"


def test_numbers_and_slugs_are_unique() -> None:
    assert len(SLUGS) == len(PRODUCTS)
    assert len(BY_NUMBER) == len(ORDERS)
    returns = [order.returned.number for order in ORDERS if order.returned]
    assert len(set(returns)) == len(returns)


def test_every_order_names_things_and_people_that_exist() -> None:
    for order in ORDERS:
        assert order.customer in CUSTOMERS
        assert {slug for slug, _ in order.items} <= SLUGS


def test_every_product_has_a_category_a_picture_and_other_products_that_go_with_it() -> None:
    for product in PRODUCTS:
        assert product.category in CATEGORIES
        assert (PICTURES / f"{product.slug}.svg").is_file()
        assert set(product.goes_with) <= SLUGS - {product.slug}
    assert {product.category for product in PRODUCTS} == set(CATEGORIES)


def test_every_status_and_every_stage_of_a_return_has_a_sample() -> None:
    assert set(Counter(order.status for order in ORDERS)) == set(Status)
    assert {order.returned.status for order in ORDERS if order.returned} == set(ReturnStatus)


def test_nothing_was_delivered_before_it_was_placed_or_returned_before_it_came() -> None:
    for order in ORDERS:
        assert (order.delivered is not None) == (order.status == Status.DELIVERED)
        assert order.delivered is None or order.placed >= order.delivered
        if order.returned:
            assert order.delivered is not None
            stages = [order.delivered, order.returned.announced, order.returned.received, order.returned.refunded]
            happened = [days for days in stages if days is not None]
            assert happened == sorted(happened, reverse=True)


def test_the_orders_that_the_documentation_names_are_as_it_says() -> None:
    returned = BY_NUMBER["TW-48213"].returned
    assert returned
    assert (returned.number, returned.status) == (1043, ReturnStatus.RECEIVED)
    assert (BY_NUMBER["TW-48300"].status, BY_NUMBER["TW-48300"].expected) == (Status.SHIPPED, 2)
    assert BY_NUMBER["TW-48317"].status == Status.PLACED
    assert (BY_NUMBER["TW-48222"].delivered, BY_NUMBER["TW-48222"].returned) == (5, None)
    assert (BY_NUMBER["TW-47001"].delivered or 0) > RETURN_DAYS
    assert BY_NUMBER["TW-48150"].status == Status.CANCELLED
