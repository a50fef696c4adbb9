"""A customer in a terminal: the same socket as the widget's, without a browser."""
