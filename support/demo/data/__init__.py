"""The small data set of the made-up shop."""
