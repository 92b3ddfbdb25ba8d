"""Cut correct code into pieces like those in questions about errors: a function, or a few statements."""

from __future__ import annotations

import ast
import textwrap
from random import Random

from quickfix_ls.languages.python.quiet_parse import module_of

MAX_LINES = 40
PAGE_LINES = range(8, 61)
"""The number of lines of a page."""
# The lengths of code in questions about errors: half have four lines or fewer.
_TYPICAL_LINES = (1, 1, 2, 3, 4, 5, 6, 8, 12, 20)


def snippets(text: str) -> list[str]:
    """Return every function of at most MAX_LINES lines without its docstring, and its body, dedented; and the module's
    statements that are no definitions, by paragraphs. Empty if the text does not parse.
    """
    module = module_of(text)
    if module is None:
        return []
    # Not `splitlines`: `ast` counts only line feeds, and a string may contain other line ends.
    lines = text.split("\n")
    found = [_lines(lines, group) for group in _paragraphs(module.body)]
    for node in ast.walk(module):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            if body:
                first = _first_line(node)
                head = "\n".join(lines[first - 1 : node.body[0].lineno - 1])
                inner = _lines(lines, body)
                if node.body[0].lineno > node.lineno:
                    found.append(textwrap.dedent(f"{head}\n{inner}"))
                    found.append(textwrap.dedent(inner))
    return [snippet for snippet in found if snippet.strip() and snippet.count("\n") < MAX_LINES]


def pages(text: str) -> list[str]:
    """Return every function and class with a number of lines in PAGE_LINES, whole and dedented, like the region of a
    repair. Empty if the text does not parse."""
    module = module_of(text)
    lines = text.split("\n")
    found = []
    for node in ast.walk(module) if module else ():
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = _first_line(node)
            if (node.end_lineno or 0) - first + 1 in PAGE_LINES:
                found.append(textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno])))
    return found


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def shortened(snippet: str, rng: Random) -> str:
    """Return a run of the snippet's statements with a typical length, or the whole snippet."""
    lines = rng.choice(_TYPICAL_LINES) if rng.random() < 0.6 else MAX_LINES
    if snippet.count("\n") < lines:
        return snippet
    module = module_of(snippet)
    if module is None:
        return snippet
    body = module.body
    if len(body) == 1 and isinstance(body[0], (ast.FunctionDef, ast.AsyncFunctionDef, ast.For, ast.While, ast.With)):
        # Keep the header with the beginning of its body.
        kept = [statement for statement in body[0].body if (statement.end_lineno or 0) <= lines]
        return "\n".join(snippet.split("\n")[: kept[-1].end_lineno]) if kept else snippet
    start = rng.randrange(len(body))
    end = start + 1
    while end < len(body) and (body[end].end_lineno or 0) - body[start].lineno < lines:
        end += 1
    return _lines(snippet.split("\n"), body[start:end])


def _paragraphs(body: list[ast.stmt]) -> list[list[ast.stmt]]:
    groups: list[list[ast.stmt]] = []
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if groups and node.lineno == (groups[-1][-1].end_lineno or 0) + 1:
            groups[-1].append(node)
        else:
            groups.append([node])
    return groups


def _lines(lines: list[str], nodes: list[ast.stmt]) -> str:
    return "\n".join(lines[nodes[0].lineno - 1 : nodes[-1].end_lineno])
