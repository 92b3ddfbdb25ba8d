"""Give a key its first value where a dictionary counts or collects: `counts[x] += 1` becomes
`counts[x] = counts.get(x, 0) + 1`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_RAISED = ("", "KeyError", "KeyError: 'b'")
_FIRST = {"append": "[]", "extend": "[]", "add": "set()", "update": "{}"}


@fixer(
    handles=RUN,
    errors=("KeyError",),
    examples=[
        Example("$0counts[x] += 1\n", "counts[x] = counts.get(x, 0) + 1\n", _RAISED),
        Example("$0groups[n[0]].append(n)\n", "groups.setdefault(n[0], []).append(n)\n", _RAISED),
        Example("$0seen[day].add(name)\n", "seen.setdefault(day, set()).add(name)\n", _RAISED),
    ],
)
def give_default(context: Context) -> Iterator[Candidate]:
    tree = file_tree_of(context)
    types = {known.name: known.type_name for known in context.problem.facts.known}
    for augmented in tree.here(ast.AugAssign):
        target = augmented.target
        if not isinstance(target, ast.Subscript) or isinstance(target.slice, ast.Constant):
            continue
        owner, key = tree.source(target.value), tree.source(target.slice)
        if not isinstance(augmented.op, (ast.Add, ast.Sub)) or types.get(owner, "dict") != "dict":
            continue
        sign = "+" if isinstance(augmented.op, ast.Add) else "-"
        edit = Edit(Span(tree.span(target).end, tree.span(augmented.value).start), f" = {owner}.get({key}, 0) {sign} ")
        yield Candidate((edit,), f"Begin with 0: `{owner}.get({beginning(key)}, 0)`")
    for call in tree.here(ast.Call):
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _FIRST:
            continue
        place = function.value
        if isinstance(place, ast.Subscript) and not isinstance(place.slice, ast.Constant):
            owner, key, first = tree.source(place.value), tree.source(place.slice), _FIRST[function.attr]
            if types.get(owner, "dict") == "dict":
                new = f".setdefault({key}, {first})"
                edit = Edit(Span(tree.span(place.value).end, tree.span(place).end), new)
                yield Candidate((edit,), f"Begin with `{first}`: `{owner}{beginning(new)}`")
