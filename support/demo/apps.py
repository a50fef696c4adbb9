"""The Django app of the made-up shop."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Tarnwood: products, customers and orders, so that the bot's answers are look-ups."""

    name = "support.demo"
    label = "demo"
    verbose_name = "Demo shop"
    default_auto_field = "django.db.models.BigAutoField"
