"""Write a format of `strptime` that fits the date which it was to read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_TOLD = re.compile(r"time data '(?P<data>[^']*)' does not match format '(?P<format>[^']*)'")
_TWINS = {"y": "Y", "Y": "y", "m": "M", "M": "m", "H": "I", "I": "H", "b": "B", "B": "b"}
_SWAPPED = (("%d", "%m"), ("%y", "%d"), ("%Y", "%d"), ("%Y", "%m"))
_MARKS = "-/. :,T"
_MOST = 3


@fixer(
    handles=RUN,
    errors=("ValueError",),
    examples=[
        Example(
            "$0day = datetime.strptime(text, '%Y-%d-%m')\n",
            "day = datetime.strptime(text, '%Y-%m-%d')\n",
            ("", "ValueError", "ValueError: time data '2024-05-17' does not match format '%Y-%d-%m'"),
        ),
        Example(
            "$0day = datetime.strptime(text, '%d-%m-%Y')\n",
            "day = datetime.strptime(text, '%d/%m/%Y')\n",
            ("", "ValueError", "ValueError: time data '17/05/2024' does not match format '%d-%m-%Y'"),
        ),
        Example(
            "$0day = datetime.strptime(text, '%d.%m.%y')\n",
            "day = datetime.strptime(text, '%d.%m.%Y')\n",
            ("", "ValueError", "ValueError: unconverted data remains: 24"),
        ),
    ],
)
def fit_directives(context: Context) -> Iterator[Candidate]:
    told, tree = _TOLD.match(context.problem.message), file_tree_of(context)
    for node in tree.near(ast.Constant):
        if not isinstance(node.value, str) or "%" not in node.value:
            continue
        if told is None:
            new = _longer(node.value, context.problem.message)
        else:
            new = _fitting(told["data"], told["format"]) if node.value == told["format"] else []
        source = tree.source(node)
        for fitting in [one for one in new if one != node.value and node.value in source][:_MOST]:
            edit = Edit(tree.span(node), source.replace(node.value, fitting))
            yield Candidate((edit,), f"Read the date as `{fitting}`", safety="needs-a-look")
        if new:
            return


def _longer(written: str, message: str) -> list[str]:
    """Return the formats that read what remained of a date."""
    if re.search(r"remains: \d\d\Z", message) and "%y" in written:
        return [written.replace("%y", "%Y")]
    time = re.search(r"remains: (?P<gap>[ T])\d\d:\d\d(?P<seconds>:\d\d)?(?P<part>\.\d+)?\Z", message)
    if time is None:
        return []
    return [f"{written}{time['gap']}%H:%M{':%S' if time['seconds'] else ''}{'.%f' if time['part'] else ''}"]


def _fitting(data: str, written: str) -> list[str]:
    """Return the formats that read a date and differ from the written one the least."""
    once = list(dict.fromkeys(_changed(written, data)))
    twice = (again for one in once for again in _changed(one, data))
    for formats in (once, list(dict.fromkeys(twice))):
        fitting = [one for one in formats if _reads(one, data)]
        if fitting:
            return fitting
    return []


def _changed(written: str, data: str) -> Iterator[str]:
    """Yield a format with two directives exchanged, with one directive replaced, or with the date's separators."""
    for first, second in _SWAPPED:
        if first in written and second in written:
            yield written.replace(first, "\0").replace(second, first).replace("\0", second)
    for old, new in ((old, new) for old in _MARKS for new in _MARKS if old in written and new in data and old != new):
        yield written.replace(old, new)
    if "," in data and "," not in written:
        yield written.replace("%d", "%d,")
        yield written.replace("%Y", "%Y,")
    for match in re.finditer(r"%(\w)", written):
        if match[1] in _TWINS:
            yield f"{written[: match.start() + 1]}{_TWINS[match[1]]}{written[match.end() :]}"


def _reads(written: str, data: str) -> bool:
    try:
        datetime.strptime(data, written)
    except (ValueError, re.error):
        return False
    return True
