"""A shop over HTTP with the contract of the real one, four orders, and two switches to break it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "shop-secret"


def order(number: str, status: str, **facts: Any) -> dict[str, Any]:
    """Return an order of one tent, as the shop tells it."""
    return {
        "number": number,
        "status": status,
        "placed_on": "2026-11-02",
        "items": [{"name": "Lomma 2", "quantity": 1, "price": "289.00"}],
        "total": "289.00",
        "currency": "EUR",
        "carrier": None,
        "tracking": None,
        "expected_on": None,
        "delivered_on": None,
        "return": None,
        **facts,
    }


REFUNDED = {
    "number": "RT-1001",
    "status": "refunded",
    "reason": "Too small",
    "received_on": "2026-11-07",
    "refunded_on": "2026-11-09",
}
ORDERS = (
    order("TW-48213", "shipped", carrier="DHL", tracking="JD0146", expected_on="2026-11-25"),
    order("TW-50117", "delivered", carrier="DHL", delivered_on="2026-11-09"),
    order("TW-51220", "placed"),
    order("TW-52001", "delivered", delivered_on="2026-11-01", **{"return": REFUNDED}),
)
PRODUCTS = (
    {"name": "Lomma 2", "category": "Tents", "price": "289.00", "currency": "EUR", "stock": 2},
    {"name": "Lomma 3", "category": "Tents", "price": "349.00", "currency": "EUR", "stock": 0},
    {"name": "Hede 55", "category": "Packs", "price": "189.00", "currency": "EUR", "stock": 14},
)


class FakeShop:
    """Serves in a thread. ``broken`` answers everything with 500; while ``hang`` is cleared nothing is answered."""

    def __init__(self) -> None:
        self.orders = {one["number"]: one for one in ORDERS}
        self.returns: dict[str, dict[str, Any]] = {}
        self.broken = False
        self.hang = threading.Event()
        self.hang.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"shop": self}))
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        """Stop serving."""
        self.hang.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def look_up(self, path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        """Answer a GET."""
        if path.startswith("/api/shop/orders/"):
            found = self.orders.get(path.rsplit("/", 1)[1])
            return (200, found) if found else (404, {"detail": "No such order."})
        search = query.get("search", [""])[0].lower()
        return 200, [one for one in PRODUCTS if search in f"{one['name']} {one['category']}".lower()]

    def announce(self, body: dict[str, str]) -> tuple[int, Any]:
        """Answer a POST of a return."""
        if body["message_id"] in self.returns:
            return 200, self.returns[body["message_id"]]
        if body["order"] not in self.orders:
            return 404, {"detail": "No such order."}
        if self.orders[body["order"]]["status"] != "delivered":
            return 409, {"detail": "it has not been delivered yet."}
        made = {"number": f"RT-{1043 + len(self.returns)}", "status": "announced", "reason": body["reason"]}
        self.returns[body["message_id"]] = made
        return 201, made


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement
    shop: FakeShop

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self._answer(*self.shop.look_up(url.path, parse_qs(url.query)))

    def do_POST(self) -> None:
        self._answer(*self.shop.announce(json.loads(self.rfile.read(int(self.headers["Content-Length"])))))

    def _answer(self, status: int, body: Any) -> None:
        self.shop.hang.wait()
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            status, body = 401, {"detail": "Who are you?"}
        if self.shop.broken:
            status, body = 500, {"detail": "broken"}
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
