"""The shop's look-ups over HTTP. Every call ends within 1.5 seconds."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

DEADLINE = 1.5


class ShopUnreachable(Exception):
    """The shop did not answer in time or in form. The action fails, and the customer is told so."""


class UnknownOrder(Exception):
    """The shop has no such order."""


class CannotReturn(Exception):
    """The shop does not take this order back; the text says why, in words for the customer."""


class Shop:
    """The shop at ``url``, asked with ``token``."""

    def __init__(self, url: str, token: str) -> None:
        """Open a pool of connections; they are made at the first call."""
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/"), headers={"Authorization": f"Bearer {token}"}, timeout=DEADLINE, trust_env=False
        )

    async def order(self, number: str) -> dict[str, Any]:
        """Return the order. Raises ``UnknownOrder``, ``ShopUnreachable``."""
        answer = await self._ask("GET", f"/api/shop/orders/{number}", expected={200, 404})
        if answer.status_code == 404:
            raise UnknownOrder(number)
        return self._object(answer)

    async def announce_return(self, number: str, reason: str, message_id: str) -> dict[str, Any]:
        """Announce a return and return it; the same ``message_id`` again changes nothing.

        Raises ``UnknownOrder``, ``CannotReturn``, ``ShopUnreachable``.
        """
        body = {"order": number, "reason": reason, "message_id": message_id}
        answer = await self._ask("POST", "/api/shop/returns", expected={200, 201, 404, 409}, json=body)
        if answer.status_code == 404:
            raise UnknownOrder(number)
        if answer.status_code == 409:
            raise CannotReturn(self._object(answer)["detail"])
        return self._object(answer)

    async def products(self, search: str) -> list[dict[str, Any]]:
        """Return the products that match. Raises ``ShopUnreachable``."""
        answer = await self._ask("GET", "/api/shop/products", expected={200}, params={"search": search})
        found = self._json(answer)
        if not isinstance(found, list):
            raise ShopUnreachable("products are not a list")
        return found

    async def _ask(self, method: str, path: str, expected: set[int], **options: Any) -> httpx.Response:
        try:
            # httpx's own time-out starts again with every byte; this one does not.
            answer = await asyncio.wait_for(self._http.request(method, path, **options), DEADLINE)
        except (httpx.HTTPError, asyncio.TimeoutError) as error:
            raise ShopUnreachable(f"{method} {path}: {type(error).__name__}") from error
        if answer.status_code not in expected:
            raise ShopUnreachable(f"{method} {path}: {answer.status_code}")
        return answer

    def _object(self, answer: httpx.Response) -> dict[str, Any]:
        found = self._json(answer)
        if not isinstance(found, dict):
            raise ShopUnreachable("not an object")
        return found

    @staticmethod
    def _json(answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as error:
            raise ShopUnreachable("not JSON") from error
