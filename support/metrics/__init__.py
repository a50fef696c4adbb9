"""The manager's numbers: read-only SQL over stored rows. Every number is the size of a set that can be listed."""
