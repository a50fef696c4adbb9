"""Bots: an ask goes in, a reply, silence or a typed failure comes out. Knows neither the database nor the service."""
