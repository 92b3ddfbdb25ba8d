"""Correct a key or a column to the nearest one that the program had, or to the same of the other type: `names[1]`
becomes `names["1"]`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA, Indel

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.runs.facts import Facts
from quickfix_ls.values import Candidate, Edit

_QUOTED = re.compile(r"""'(?P<key>[^'"]+)'|"(?P<other>[^"'\[\]]+)\"""")
_COLUMNS = re.compile(r"valid columns: (?P<names>\[.*\])")
_MIN_LIKENESS = 0.6
_MOST = 3


@fixer(
    handles=RUN,
    errors=("KeyError", "IndexError", "ColumnNotFoundError"),
    examples=[
        Example(
            "$0print(sales.groupby('regoin').sum())\n",
            "print(sales.groupby('region').sum())\n",
            ("", "KeyError", "KeyError: 'regoin'"),
            Facts("pandas.DataFrame", ("'region'", "'amount'")),
        ),
        Example(
            "$0print(sales[['region', 'amout']])\n",
            "print(sales[['region', 'amount']])\n",
            ("", "KeyError", "KeyError: \"['amout'] not in index\""),
            Facts("pandas.DataFrame", ("'region'", "'amount'")),
        ),
        Example("$0print(names[1])\n", 'print(names["1"])\n', ("", "KeyError", "KeyError: 1"), Facts("dict", ("'1'",))),
        Example("$0print(n['10'])\n", "print(n[10])\n", ("", "KeyError", "KeyError: '10'"), Facts("dict", ("10",))),
        Example(
            '$0print(people.select("heigt"))\n',
            'print(people.select("height"))\n',
            (
                "",
                "ColumnNotFoundError",
                'ColumnNotFoundError: unable to find column "heigt"; valid columns: ["name", "height"]',
            ),
        ),
    ],
)
def correct_key(context: Context) -> Iterator[Candidate]:
    tree, problem = file_tree_of(context), context.problem
    names = _names(context)
    keys = {found["key"] or found["other"] for found in _QUOTED.finditer(problem.message.partition("valid columns")[0])}
    for node in sorted(tree.here(ast.Constant), key=lambda one: tree.span(one).start):
        is_read = isinstance(node.value, (str, int)) and not isinstance(node.value, bool) and node.value not in names
        if not is_read or not (str(node.value) in keys or repr(node.value) == problem.message or _is_unnamed(context)):
            continue
        twin = next((name for name in names if str(name) == str(node.value)), None)
        for name in [twin] if twin is not None else _near(str(node.value), names):
            new = _written(tree, node, name)
            yield Candidate((Edit(tree.span(node), new),), f"Replace the key `{tree.source(node)}` with `{new}`")
    if _is_of_other_type(context, names):
        yield from _converted(tree, names)


def _names(context: Context) -> list[str | int]:
    """Return the keys that the program had, from its facts or from what the message says."""
    told = _COLUMNS.search(context.problem.reported)
    written = ast.literal_eval(told["names"]) if told and _is_list(told["names"]) else ()
    keys = [ast.literal_eval(name) for name in context.problem.facts.names if _is_literal(name)]
    return list(dict.fromkeys([*keys, *written]))


def _is_literal(name: str) -> bool:
    return bool(re.fullmatch(r"-?\d+|'[^'\\\n]*'|\"[^\"\\\n]*\"", name))


def _is_list(names: str) -> bool:
    return bool(re.fullmatch(r'\[(?:"[^"\\\n]*"(?:, )?)*\]', names))


def _is_unnamed(context: Context) -> bool:
    return context.problem.code == "IndexError" and context.problem.facts.type_name == "sqlite3.Row"


def _near(key: str, names: list[str | int]) -> list[str]:
    """Return the names that are similar to a key, the nearest first."""
    texts = [name for name in names if isinstance(name, str)]
    scored = [(Indel.normalized_similarity(key.lower().strip(), name.lower().strip()), name) for name in texts]
    near = [(score, name) for score, name in scored if score >= _MIN_LIKENESS or _is_part(key, name)]
    return [name for _, name in sorted(near, key=lambda pair: (-pair[0], OSA.distance(key, pair[1])))][:_MOST]


def _is_part(key: str, name: str) -> bool:
    return len(min(key, name, key=len)) > 2 and (key.lower() in name.lower() or name.lower() in key.lower())


def _written(tree: FileTree, node: ast.Constant, name: str | int) -> str:
    """Return the literal of a key, with the quotes of the one that it replaces."""
    if isinstance(name, int):
        return str(name)
    quote = tree.source(node)[0] if isinstance(node.value, str) else '"'
    is_plain = quote in "'\"" and quote not in name and "\\" not in name and name.isprintable()
    return f"{quote}{name}{quote}" if is_plain else repr(name)


def _converted(tree: FileTree, names: list[str | int]) -> Iterator[Candidate]:
    """Yield the conversion of a variable key where all keys are of the other type."""
    kinds = {type(name) for name in names}
    if len(kinds) != 1:
        return
    function = "str" if kinds == {str} else "int"
    for node in tree.here(ast.Subscript):
        if isinstance(node.slice, ast.Name):
            new = f"{function}({node.slice.id})"
            edits = tree.around(node.slice, f"{function}(", ")")
            yield Candidate(edits, f"Convert the key: `{new}`", safety="needs-a-look")


def _is_of_other_type(context: Context, names: list[str | int]) -> bool:
    """Return whether the key that is missing is there as a value of the other type."""
    message = context.problem.message
    return not _is_unnamed(context) and message.strip("'\"") in map(str, names)
