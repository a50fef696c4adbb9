"""The client's address behind a proxy."""

import pytest

from support.management import forwarded

HEADER = b"x-forwarded-for"


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ([b"192.0.2.7"], "192.0.2.7"),
        ([b"198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        ([b"198.51.100.1,192.0.2.7 "], "192.0.2.7"),
        ([b"198.51.100.1", b"192.0.2.7"], "192.0.2.7"),
        ([b"2001:DB8::1"], "2001:db8::1"),
        ([b"unknown"], None),
        ([b"192.0.2.7, "], None),
        ([b"192.0.2.7, \xff"], None),
        ([b""], None),
        ([], None),
    ],
)
def test_the_last_address_counts_because_our_proxy_added_it(values: list[bytes], address: str | None) -> None:
    headers = [(b"host", b"localhost"), *((HEADER, value) for value in values)]
    assert forwarded.client(headers) == address
