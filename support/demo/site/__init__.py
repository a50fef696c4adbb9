"""The shop's website, on an origin of its own as a customer's website would be."""
