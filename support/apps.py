"""The Django app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Conversations, their log, and who holds them."""

    name = "support"
    verbose_name = "Support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        from support import checks  # noqa: F401, PLC0415  (registers itself; models must be loaded first)
