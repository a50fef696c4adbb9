"""Serves a trained model on 127.0.0.1 through the desk channel."""

from __future__ import annotations

import logging
import socket
import sys
from asyncio import AbstractEventLoop
from pathlib import Path
from typing import Any

import jsonschema
from channels.desk import Desk
from rasa.core.actions.action import RemoteAction
from rasa.core.run import close_resources, configure_app, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic


def serve(model: Path, port: int, token: str, actions_url: str) -> None:
    """Serve until SIGTERM."""
    configure_structlog(logging.WARNING)
    check_action_answers_once()
    # Without the selective domain Rasa sends the whole domain along with every action.
    endpoints = AvailableEndpoints(action=EndpointConfig(actions_url, enable_selective_domain=True))
    app = configure_app([Desk(token)], cors=[], enable_api=False, port=port, endpoints=endpoints)

    @app.listener("before_server_start")
    async def load(app: Sanic, loop: AbstractEventLoop) -> None:
        agent = await load_agent_on_start(str(model), endpoints, None, app, loop)
        if not agent.is_ready():
            # Rasa has logged why, and would serve on without a model.
            sys.exit(f"{model} cannot be loaded.")

    app.register_listener(close_resources, "after_server_stop")
    app.run(sock=bound(port), workers=1, access_log=False, motd=False)


def bound(port: int) -> socket.socket:
    """Return a socket bound to 127.0.0.1. It does not listen yet: connections are refused until the model is loaded.

    Bound here and not by Sanic, which logs that a port is taken and then ends as if all were well.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except OSError as error:
        sys.exit(f"Port {port} cannot be used: {error.strerror}.")
    return found


def check_action_answers_once() -> None:
    """Build the validator of action answers once. Rasa re-checks its constant schema at every call: 15 ms each."""
    validator = jsonschema.Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
