"""Config: settings, the way in (ASGI, URLs), and the launcher."""
