"""The HTTP API: everything that the sockets and pages do, for programs."""
