"""A document that keeps the worker busy."""

from __future__ import annotations

LONG = "".join(f"def f{n}(a, b={n}):\n    return a + b * {n}\n\n\n" for n in range(20_000))
"""Enough new units that learning them takes longer than the notifications behind it take to arrive."""
