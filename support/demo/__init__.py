"""Things for trying the product: a made-up shop with its data, and a customer in a terminal."""
