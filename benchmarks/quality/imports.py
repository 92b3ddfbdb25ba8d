"""One import of the standard library taken out of whole files of packages that no training saw, or one `module.`
before a name: how often the first offer is the right one.

    python benchmarks/quality/imports.py [--rows 200] [--seed 0] [--show FILE]

A whole statement goes where it imports one name, else that name alone. What is undefined then is asked about where it
is read first; in which order an import names things does not count. A qualifier goes with all its dots (`os.path.join`
becomes `join`), where nothing else has the bare name.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.training.corpus import HELD_OUT, source_files, typos_in
from quickfix_ls.training.evaluate import run_rows
from quickfix_ls.training.exactness import is_exact
from quickfix_ls.training.rows import Outcome, Row
from quickfix_ls.training.typos import File, Typo, Way
from tests.kit_python import PYTHON

_NOWHERE = 1000
_FROM = re.compile(r"(^from[ \t]+[\w.]+[ \t]+import[ \t]+)(\([^()#]*\)|[^()#\n]*)", re.MULTILINE)
_BUILTINS = frozenset(dir(builtins))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=200, help="rows of each kind")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--show", type=Path, help="write the rows that are not exact at 1, as JSON Lines")
    options = arguments.parse_args()
    pipeline = Pipeline.load(PYTHON)
    missed: list[str] = []
    print("| taken out | rows | offers | exact at 1 | exact within 3 |\n|---|---|---|---|---|")
    for words, way in WAYS.items():
        rows = list(planted(way, options.rows, options.seed))
        outcomes = run_rows(pipeline, rows, Budget(2.0, 3))
        offers = sum(bool(one.predictions) for one in outcomes)
        exact, near = (sum(_rank(one) <= most for one in outcomes) for most in (0, 2))
        print(f"| {words} | {len(rows)} | {_share(offers, len(rows))} | {_share(exact, len(rows))} | "
              f"{_share(near, len(rows))} |", flush=True)  # fmt: skip
        missed += [_missed(words, one) for one in outcomes if _rank(one)]
    if options.show:
        options.show.write_text("".join(missed), encoding="utf-8")


def planted(way: Way, n: int, seed: int) -> Iterator[Row]:
    """At most `n` rows that still parse."""

    def parsing(file: File, rng: Random) -> Typo | None:
        typo = way(file, rng)
        return typo if typo and File.of(typo.applied(file.text)) else None

    for made, (source, file, typo) in enumerate(typos_in(source_files(HELD_OUT), n, seed, parsing), 1):
        error, broken = f"name '{typo.name}' is not defined", typo.applied(file.text)
        yield Row(f"{source.path.name}-{made}", "name", broken, file.text, error, typo.line, 1)


def an_import(file: File, rng: Random) -> Typo | None:
    """Leave out what one of the top-level imports of the standard library binds."""
    found = []
    for node in file.tree.body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)) or not _is_standard(node):
            continue
        for alias in node.names:
            name = (alias.asname or alias.name).partition(".")[0]
            lines = [one.lineno for one in _reads(file, name)]
            if lines and name not in _BUILTINS and _times_bound(file, name) == 1:
                found.append((node, alias, name, min(lines)))
    if not found:
        return None
    node, alias, name, line = rng.choice(found)
    last = node.end_lineno or node.lineno
    if len(node.names) == 1:
        start, end = file.offset(node.lineno, 0), file.offset(last + 1, 0)
        return Typo(start, end, "", name, line - (last + 1 - node.lineno))
    start, end = _with_comma(file, node, alias)
    return Typo(start, end, "", name, line - file.text.count("\n", start, end))


def a_standard_qualifier(file: File, rng: Random) -> Typo | None:
    """Leave out the name of a module of the standard library before one of its members."""
    return _qualifier(file, rng, standard=True)


def another_qualifier(file: File, rng: Random) -> Typo | None:
    """Leave out the name of another module before one of its members."""
    return _qualifier(file, rng, standard=False)


WAYS: dict[str, Way] = {
    "an import of the standard library": an_import,
    "a qualifier of the standard library": a_standard_qualifier,
    "a qualifier of another module": another_qualifier,
}


def _qualifier(file: File, rng: Random, standard: bool) -> Typo | None:
    modules = {
        alias.asname or alias.name.partition(".")[0]: alias.name
        for node in file.tree.body
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    found = []
    for node in file.nodes:
        owner = node.value if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) else None
        dotted = _dotted(owner) if owner is not None else ""
        module = modules.get(dotted.partition(".")[0], "")
        if not module or (module.partition(".")[0] in sys.stdlib_module_names) is not standard:
            continue
        assert isinstance(node, ast.Attribute)
        # `os.environ.get` is a method of a value; `os.path.join` is a member of a module.
        if "." in dotted and dotted != module and dotted != "os.path":
            continue
        if node.attr not in _BUILTINS and not _times_bound(file, node.attr) and not list(_reads(file, node.attr)):
            found.append((node, dotted))
    if not found:
        return None
    node, dotted = rng.choice(found)
    start = file.offset(node.lineno, node.col_offset)
    if not file.text.startswith(f"{dotted}.{node.attr}", start):
        return None
    return Typo(start, start + len(dotted) + 1, "", node.attr, node.lineno)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    owner = _dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{owner}.{node.attr}" if owner and isinstance(node, ast.Attribute) else ""


def _is_standard(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.Import):
        return len(node.names) > 0 and all(one.name.partition(".")[0] in sys.stdlib_module_names for one in node.names)
    top = (node.module or "").partition(".")[0]
    return not node.level and top in sys.stdlib_module_names and top != "__future__" and node.names[0].name != "*"


def _with_comma(file: File, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[int, int]:
    """The span of one imported name with the comma and the blanks behind it; of the last one, before it."""
    places = [file.offset(one.lineno, one.col_offset) for one in node.names]
    ends = [file.offset(one.end_lineno or one.lineno, one.end_col_offset or 0) for one in node.names]
    index = node.names.index(alias)
    if index + 1 < len(places):
        return places[index], places[index + 1]
    return ends[index - 1], ends[index]


def _reads(file: File, name: str) -> Iterator[ast.Name]:
    return (one for one in file.nodes if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load))


def _times_bound(file: File, name: str) -> int:
    """How many places of a file bind a name, parameters and other scopes among them."""
    count = 0
    for node in file.nodes:
        if isinstance(node, ast.alias):
            count += (node.asname or node.name).partition(".")[0] == name
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            count += node.name == name
        elif isinstance(node, ast.arg):
            count += node.arg == name
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            count += node.id == name
    return count


def _rank(outcome: Outcome) -> int:
    """The 0-based place of the first offer that makes the file as it was, `_NOWHERE` where none does."""
    assert isinstance(outcome.row, Row)
    fixed = _sorted(outcome.row.fixed)
    ranks = (rank for rank, one in enumerate(outcome.predictions) if is_exact("name", _sorted(one.fixed), fixed))
    return next(ranks, _NOWHERE)


def _sorted(text: str) -> str:
    """The text with the names of each `from` import in order."""
    return _FROM.sub(
        lambda found: (
            found[1] + ", ".join(sorted([word.strip() for word in re.split(r"[,()\\]", found[2]) if word.strip()]))
        ),
        text,
    )


def _missed(words: str, outcome: Outcome) -> str:
    row = outcome.row
    assert isinstance(row, Row)
    offers = [one.source for one in outcome.predictions]
    fixed = [one.fixed for one in outcome.predictions]
    return (
        json.dumps({"way": words, "id": row.id, "error": row.error, "line": row.line, "rank": _rank(outcome),
                    "offers": offers, "broken": row.broken, "fixed": row.fixed, "proposed": fixed}) + "\n"
    )  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "0"


if __name__ == "__main__":
    main()
