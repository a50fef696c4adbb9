"""Support: the shell. What is stored, who may see it, and when it happens."""
