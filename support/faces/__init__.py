"""Faces: what the customer and the agent see, read from the tables; they change nothing."""
