"""How likely is this code: a small token language model, used by the search and by the features."""

from quickfix_ls.plausibility.model import Plausibility

__all__ = ["Plausibility"]
