"""Pieces of correct code as people show them when they ask about an error: a function, or a few
statements."""

from __future__ import annotations

import ast
import textwrap
import warnings
from random import Random

MOST_LINES = 40
PAGE_LINES = range(8, 61)
"""How many lines a page has."""
# The lengths of the texts that people ask about: half have four lines or fewer.
_TYPICAL_LINES = (1, 1, 2, 3, 4, 5, 6, 8, 12, 20)


def snippets(text: str) -> list[str]:
    """Every function of at most MOST_LINES lines without its docstring, and the body of each, dedented; and
    the module's statements, where they are not definitions, paragraph by paragraph. Empty where the text does
    not parse.
    """
    module = _parsed(text)
    if module is None:
        return []
    # Not `splitlines`: Python's lines end at line feeds alone, a string may hold other line ends.
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
    return [one for one in found if one.strip() and one.count("\n") < MOST_LINES]


def pages(text: str) -> list[str]:
    """Every function and class that fills a part of a screen, whole and dedented: what a repair sees in a file. Empty
    where the text does not parse."""
    module = _parsed(text)
    lines = text.split("\n")
    found = []
    for node in ast.walk(module) if module else ():
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = _first_line(node)
            if (node.end_lineno or 0) - first + 1 in PAGE_LINES:
                found.append(textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno])))
    return found


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def shortened(snippet: str, rng: Random) -> str:
    """A run of the snippet's own statements of a typical length, or the snippet as it is."""
    lines = rng.choice(_TYPICAL_LINES) if rng.random() < 0.6 else MOST_LINES
    if snippet.count("\n") < lines:
        return snippet
    module = _parsed(snippet)
    if module is None:
        return snippet
    body = module.body
    if len(body) == 1 and isinstance(body[0], (ast.FunctionDef, ast.AsyncFunctionDef, ast.For, ast.While, ast.With)):
        # The head with the beginning of its body.
        kept = [one for one in body[0].body if (one.end_lineno or 0) <= lines]
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
