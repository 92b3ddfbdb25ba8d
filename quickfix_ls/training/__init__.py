"""Make the models from correct code, broken by realistic errors, and measure them."""
