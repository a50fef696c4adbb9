"""The benchmark: Baton beside two bare stacks, all on one durable PostgreSQL. `make bench` runs it; nothing here is a test."""
