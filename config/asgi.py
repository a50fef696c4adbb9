"""The way in for HTTP and WebSocket."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import SessionMiddlewareStack
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
http = get_asgi_application()

from config.urls import sockets  # noqa: E402  (the applications must be loaded first)

application = ProtocolTypeRouter({"http": http, "websocket": SessionMiddlewareStack(URLRouter(sockets))})
