"""Commands: serve, work, protocol, and the demo's."""
