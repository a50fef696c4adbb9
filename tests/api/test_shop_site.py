"""The shop's website, with its own addresses and headers as manage.py shop sets them."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from support.demo.loading import stock
from support.demo.models import Order, Product

pytestmark = [pytest.mark.django_db, pytest.mark.urls("support.demo.site.urls")]


@pytest.fixture
def visitor(settings: Settings) -> Client:
    settings.MIDDLEWARE = ["support.demo.site.headers.headers"]
    settings.PUBLIC_URL = "https://support.example"
    return Client()


@pytest.fixture
def stocked() -> None:
    stock.load(timezone.localdate())


def test_an_empty_shop_still_answers(visitor: Client) -> None:
    answer = visitor.get("/")
    assert answer.status_code == 200
    assert "load_demo" in answer.text


@pytest.mark.usefixtures("stocked")
class TestStocked:
    def test_the_front_page_embeds_the_widget_by_one_script_tag(self, visitor: Client) -> None:
        text = visitor.get("/").text
        assert re.findall(r"<script.*?</script>", text) == [
            '<script src="https://support.example/widget.js" data-inbox="tarnwood" async></script>'
        ]
        assert "Lomma 2" in text

    @pytest.mark.parametrize("address", ["/", "/orders/", "/search/?words=boots", "/basket/", "/terms/"])
    def test_no_page_needs_more_than_the_strict_policy_allows(self, visitor: Client, address: str) -> None:
        answer = visitor.get(address)
        assert "style-src 'self'" in answer["Content-Security-Policy"]
        assert not re.search(r"<style|style=|\son\w+=", answer.text)

    def test_every_product_has_a_page_and_a_picture(self, visitor: Client) -> None:
        for product in Product.objects.all():
            assert product.blurb[:20] in visitor.get(f"/products/{product.slug}/").text
            picture = visitor.get(f"/static/shop/pictures/{product.picture}.svg")
            assert picture["Content-Type"] == "image/svg+xml"
            assert picture.getvalue().startswith(b"<svg")

    def test_what_is_sold_out_cannot_be_put_in_the_basket(self, visitor: Client) -> None:
        assert "disabled" in visitor.get("/products/hede-shoes/").text
        assert "disabled" not in visitor.get("/products/lomma-2/").text

    def test_every_sample_order_is_listed_with_a_question_to_try(self, visitor: Client) -> None:
        text = visitor.get("/orders/").text
        for order in Order.objects.all():
            assert re.search(rf"Try “[^”]*{order.number}", text)
        assert "I want to return order TW-48222" in text
        assert "It is too late to return it." in text

    def test_a_search_finds_and_says_when_it_does_not(self, visitor: Client) -> None:
        assert "Berg boots" in visitor.get("/search/?words=boot").text
        assert "Nothing here has that name" in visitor.get("/search/?words=submarine").text

    def test_words_of_a_search_are_shown_as_text(self, visitor: Client) -> None:
        assert "<b>x" not in visitor.get("/search/?words=%3Cb%3Ex").text

    def test_the_basket_takes_pieces_in_and_out(self, visitor: Client) -> None:
        for slug in ("lomma-2", "enamel-mug", "enamel-mug"):
            assert visitor.post("/basket/change/", {"add": slug}).status_code == 302
        assert "€317.00" in visitor.get("/basket/").text
        visitor.post("/basket/change/", {"remove": "enamel-mug"})
        assert "€303.00" in visitor.get("/basket/").text

    @pytest.mark.parametrize("address", ["/nothing/", "/products/none/", "/category/none/", "/static/shop/none.svg"])
    def test_an_unknown_address_gets_the_shops_own_page(self, visitor: Client, address: str) -> None:
        answer = visitor.get(address)
        assert answer.status_code == 404
        assert "There is no such page" in answer.text

    def test_an_unknown_product_does_not_get_into_the_basket(self, visitor: Client) -> None:
        assert visitor.post("/basket/change/", {"add": "gold"}).status_code == 404
