"""Calls, arguments, comprehensions, lambdas and assignment targets."""
