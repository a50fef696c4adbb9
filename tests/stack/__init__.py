"""The real processes on a PostgreSQL of their own, for the fault suite and the benchmark."""
