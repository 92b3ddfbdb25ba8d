"""How likely is this code: a small token language model, used by the search and by the features."""

from quickfix_ls.plausibility.model import Plausibility

FILE = "plausibility.bin"
"""The name of the model's file, in the folder of its language's models."""

__all__ = ["FILE", "Plausibility"]
