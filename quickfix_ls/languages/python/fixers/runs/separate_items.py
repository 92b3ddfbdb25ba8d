"""Add the comma or operator that is missing between two literals: `[(1, 2) (3, 4)]` becomes `[(1, 2), (3, 4)]`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_CALLED = "'tuple' object is not callable; perhaps you missed a comma?"
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[sdrfgxi]")
_SPACE = re.compile(r"\s*")
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.Constant, ast.JoinedStr)
_INDICES = (ast.Name, ast.Attribute, ast.Slice, ast.UnaryOp, ast.BinOp, ast.Call, ast.Compare)


@fixer(
    handles=RUN,
    errors=("SyntaxWarning", "TypeError"),
    examples=[
        Example(
            "rows = [\n    $0('a', 1)  # one\n    ('b', 2)\n    ('c', 3),\n]\n",
            "rows = [\n    ('a', 1),  # one\n    ('b', 2),\n    ('c', 3),\n]\n",
            ("", "SyntaxWarning", _CALLED),
        ),
        Example(
            "grid = [\n    $0[1, 2]\n    [3, 4]\n]\n",
            "grid = [\n    [1, 2],\n    [3, 4]\n]\n",
            ("", "TypeError", "TypeError: list indices must be integers or slices, not tuple"),
        ),
        Example(
            "$0show('%d of %d' (a, b))\n",
            "show('%d of %d' % (a, b))\n",
            ("", "SyntaxWarning", "'str' object is not callable; perhaps you missed a comma?"),
        ),
        Example(
            "$0y = 2(x + 1)\n",
            "y = 2*(x + 1)\n",
            ("", "SyntaxWarning", "'int' object is not callable; perhaps you missed a comma?"),
        ),
    ],
)
def separate_items(context: Context) -> Iterator[Candidate]:
    """Yield the candidates for the literal that is called or indexed on the reported lines: an operator that suits it,
    and a comma; with the comma go those that the same list or call lacks elsewhere."""
    tree = file_tree_of(context)
    chains = [chain for node in (*tree.here(ast.Call), *tree.here(ast.Subscript)) if (chain := _chain(node))]
    if not chains:
        return
    literal = min(chains, key=lambda chain: tree.span(chain[0]).start)[0]
    end = tree.span(literal).end
    operator, behind = _operator(literal), _behind(tree, end)
    shown = ending(tree.source(literal))
    joined = Candidate((Edit(Span(end, behind), _spaced(operator, end, behind)),), f"Add `{operator}` after `{shown}`")
    ends = _ends(tree, literal)
    places = f" ({len(ends)} places)" if len(ends) > 1 else ""
    separated = Candidate(tuple(Edit(Span(at, at), ",") for at in ends), f"Add `,` after `{shown}`{places}")
    over_lines = "\n" in tree.text[end:behind]
    candidates = (separated, joined) if over_lines and operator == "*" else (joined, separated)
    yield from (candidate for candidate in candidates if operator or candidate is separated)


def _chain(node: ast.expr) -> list[ast.expr]:
    """Return the parts of an expression behind each of which a comma may be missing: `a` and `a b` of three literals
    `a b c`; empty if its first part is no literal, or if it may be indexed like that."""
    parts: list[ast.expr] = []
    link = node
    while isinstance(node, (ast.Call, ast.Subscript)):
        link, node = node, node.func if isinstance(node, ast.Call) else node.value
        parts.append(node)
    if not isinstance(node, _DISPLAYS) or (isinstance(link, ast.Subscript) and _is_index(link.slice)):
        return []
    return parts[::-1]


def _is_index(node: ast.expr) -> bool:
    is_number = isinstance(node, ast.Constant) and isinstance(node.value, int)
    return is_number or isinstance(node, _INDICES)


def _ends(tree: FileTree, literal: ast.expr) -> list[int]:
    """Return the offsets at which the display or call around a literal lacks a comma, or the literal's own end."""
    for container in tree.all(ast.expr):
        chains = [_chain(item) for item in _items(container)]
        if any(part is literal for chain in chains for part in chain):
            return sorted(tree.span(part).end for chain in chains for part in chain)
    return [tree.span(literal).end]


def _items(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Call) and not _chain(node):
        return [*node.args, *(keyword.value for keyword in node.keywords)]
    return []


def _operator(literal: ast.expr) -> str:
    """Return the operator that suits a literal before a bracket: `*` for a number, `%` for a format, else none."""
    value = literal.value if isinstance(literal, ast.Constant) else None
    if isinstance(value, str):
        return "%" if _PLACEHOLDER.search(value) else ""
    return "*" if isinstance(value, (int, float, complex)) else ""


def _behind(tree: FileTree, end: int) -> int:
    """Return the offset of the next character that is no white space."""
    found = _SPACE.match(tree.text, end)
    return found.end() if found else end


def _spaced(operator: str, end: int, behind: int) -> str:
    return operator if operator == "*" and end == behind else f" {operator} "
