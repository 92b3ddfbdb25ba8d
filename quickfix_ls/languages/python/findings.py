"""All problems that our analysis finds in Python besides syntax errors: undefined names; misspelt members, arguments,
modules and keys; packages that are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.members.dictionary_keys import misspelt_keys
from quickfix_ls.languages.python.members.misspellings import misspelling_problems
from quickfix_ls.languages.python.names.undefined import undefined_names
from quickfix_ls.languages.python.project.missing_packages import missing_packages
from quickfix_ls.languages.python.project.renamed_apis import renamed_apis
from quickfix_ls.values import Problem


def findings(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield every problem in the units from `first` to `last` (inclusive; to the end if None)."""
    return chain(undefined_names(index, first, last), member_findings(index, first, last))


def member_findings(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield every misspelt or missing member, argument, module and key in the units from `first` to `last` (inclusive;
    to the end if None)."""
    sources = (misspelling_problems, renamed_apis, misspelt_keys, missing_packages)
    return chain.from_iterable(source(index, first, last) for source in sources)
