"""The manager's pages: the figures, and the conversations behind each of them."""

from support.pages.dashboard.views import urls

__all__ = ["urls"]
