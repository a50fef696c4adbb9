"""Serves the actions: serve.py --port 5055, on 127.0.0.1, until SIGTERM. GET /health says when it is up.

Reads SHOP_URL and SHOP_TOKEN. Runs in the service's environment, not in Rasa's.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from typing import Any

from order_check import CheckOrderNumber
from orders import CancelOrder, OrderStatus, RefundStatus
from products import ProductAvailability
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from returns import SubmitReturn
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from shop import Shop, ShopUnreachable

FORMS = ("order_status_form", "refund_status_form", "cancel_order_form", "return_form")
logger = logging.getLogger("actions")


class Executor(ActionExecutor):
    """Runs actions that never look at the bot's domain, which our Rasa therefore does not send along."""

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """Return an empty domain; the base class would refuse the call."""
        return {}


def main() -> None:
    """Read the command line and the environment, and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # The two have different version numbers and the same protocol.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    url, token = os.environ.get("SHOP_URL", ""), os.environ.get("SHOP_TOKEN", "")
    if not url or not token:
        sys.exit("SHOP_URL and SHOP_TOKEN must say where the shop is and how to ask it.")
    build(Shop(url, token)).run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)


def build(shop: Shop) -> Sanic:
    """Return the action server for this shop."""
    executor = Executor()
    for form in FORMS:
        executor.register_action(CheckOrderNumber(form, shop))
    for action in (OrderStatus(), CancelOrder(), RefundStatus(), SubmitReturn(shop), ProductAvailability(shop)):
        executor.register_action(action)
    app = create_app(executor, cors_origins=[])

    @app.exception(ShopUnreachable)
    async def unreachable(request: Request, error: ShopUnreachable) -> HTTPResponse:
        """The action fails, and Rasa's channel reports it; a trace would say no more than this line."""
        logger.warning("the shop could not be asked: %s", error)
        return json({"error": str(error)}, status=503)

    return app


if __name__ == "__main__":
    main()
