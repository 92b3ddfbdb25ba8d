"""Imports of packages that are not installed and whose distributions have a different name. Installing one is not an
edit, but the message names the distribution."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.dotted import dotted_at
from quickfix_ls.languages.python.facts import environment_of, facts_of
from quickfix_ls.languages.python.project.packages import distribution_of
from quickfix_ls.problems.kinds import NAME
from quickfix_ls.values import Problem, Span


def missing_packages(index: Index, first: int = 0, last: int | None = None) -> Iterator[Problem]:
    """Yield a problem for each such import in the units from `first` to `last` (inclusive; to the end if None). Only
    known packages are reported, and only if the environment of the file is known and neither it nor the folders around
    the file contain them."""
    if not environment_of(index).packages:
        return
    text = index.snapshot.text
    for unit in range(first, len(index.cuts) if last is None else last + 1):
        start = index.cuts[unit].start
        for use in facts_of(index, unit).uses.uses:
            if use.kind != "module" or use.guarded or use.name in sys.stdlib_module_names:
                continue
            span = Span(start + use.span.start, start + use.span.end)
            if text[text.rfind("\n", 0, span.start) + 1 : span.start][:1].isspace():
                continue  # an import inside of a function may be optional
            module = dotted_at(text, span.start) or use.name
            distribution = distribution_of(module)
            if distribution and not any(
                _has(folder, module) for folder in (*environment_of(index).packages, *environment_of(index).beside)
            ):
                message = f"No module named '{use.name}': it is in the distribution `{distribution}`"
                yield Problem(NAME, message, "ModuleNotFoundError", span, use.name, "analysis")


def _has(folder: str, module: str) -> bool:
    """Return whether a folder contains the top-level module: its source, compiled module, stub or link."""
    top = module.partition(".")[0]
    try:
        return (Path(folder) / top).is_dir() or any(Path(folder).glob(f"{top}.*"))
    except OSError:
        return True
