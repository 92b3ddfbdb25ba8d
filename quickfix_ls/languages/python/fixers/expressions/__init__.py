"""Calls, comprehensions, lambdas and assignment targets."""
