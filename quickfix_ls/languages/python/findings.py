"""All that our analysis finds of members, arguments, modules and keys, in one place for those who list problems and
those who compare them before and after a change. Undefined names are `index`'s."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from quickfix_ls.index.index import Analysis
from quickfix_ls.languages.python.members.keys import misspelt_keys
from quickfix_ls.languages.python.project.missing_packages import missing_packages
from quickfix_ls.languages.python.project.renamed_apis import outdated
from quickfix_ls.languages.python.members.misspellings import misspelt
from quickfix_ls.values import Problem


def findings(analysis: Analysis, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Every such problem in the units from `first` to `last` (inclusive; to the end where None)."""
    sources = (misspelt, outdated, misspelt_keys, missing_packages)
    return chain.from_iterable(source(analysis, first, last) for source in sources)
