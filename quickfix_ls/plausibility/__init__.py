"""Estimate the likelihood of code by a small n-gram model of tokens; the search and the features use it."""

from quickfix_ls.plausibility.model import Plausibility

FILE = "plausibility.bin"
"""The name of the model's file in the folder of its language's models."""

__all__ = ["FILE", "Plausibility"]
