"""Every address of the service."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from support.consumers.agent import AgentDoor
from support.consumers.customer import CustomerDoor
from support.pages import console, dashboard, health, login, widget

urlpatterns: list[URLPattern | URLResolver] = [
    path("", login.home, name="home"),
    path("login/", login.LogIn.as_view(), name="login"),
    path("logout/", login.LogOut.as_view(), name="logout"),
    path("console/", console.console, name="console"),
    *dashboard.urls,
    path("widget.js", widget.loader, name="loader"),
    path("widget/<slug:inbox_key>/panel", widget.panel, name="panel"),
    path("api/shop/", include("support.demo.urls")),
    path("api/", include("support.api.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("admin/login/", login.administer),
    path("admin/", admin.site.urls),
]

sockets = [
    path("ws/customer/<slug:inbox_key>", CustomerDoor.as_asgi()),
    path("ws/agent", AgentDoor.as_asgi()),
]
