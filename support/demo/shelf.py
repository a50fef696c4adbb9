"""Finding products by words."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import QuerySet

from support.demo.models import Product

MOST_WORDS = 12
ENGLISH = "english"  # so that "boots" finds "boot" and "for" finds nothing


def search(text: str) -> QuerySet[Product]:
    """Products whose name or category has any of the words, those with most of them first; all when there is no word."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return Product.objects.all()
    query = reduce(or_, (SearchQuery(word, config=ENGLISH) for word in words))
    vector = SearchVector("name", "category", "kicker", config=ENGLISH)
    found = Product.objects.annotate(words=vector, rank=SearchRank(vector, query)).filter(words=query)
    return found.order_by("-rank", "place")
