"""The launcher behind `make up`: starts every process of Baton, watches them, and stops them."""
