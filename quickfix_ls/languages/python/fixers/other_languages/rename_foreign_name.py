"""Replace a name of another language with its Python equivalent: `this` becomes `self`, `console.log` becomes
`print`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import is_explained_by_imports
from quickfix_ls.languages.python.fixers.name_changes import replace_uses, token_at
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.values import Candidate, Edit, Span

_NAMES = {
    "this": "self", "println": "print", "printf": "print", "puts": "print", "echo": "print", "alert": "print",
    "strlen": "len", "sizeof": "len", "length": "len", "size": "len", "string": "str", "String": "str",
    "boolean": "bool", "Boolean": "bool", "integer": "int", "Integer": "int", "double": "float", "Double": "float",
    "parseInt": "int", "parseFloat": "float", "array": "list", "Array": "list", "Map": "dict", "Set": "set",
    "RuntimeException": "RuntimeError", "IllegalArgumentException": "ValueError", "NullPointerException": "TypeError",
    "Error": "Exception", "IOException": "OSError", "nullptr": "None", "NULL": "None", "Null": "None",
    "TRUE": "True", "FALSE": "False", "YES": "True", "NO": "False",
}  # fmt: skip
_CHAINS = {("console", "log"): "print", ("Console", "WriteLine"): "print",
           ("fmt", "Println"): "print", ("Math", "max"): "max", ("Math", "min"): "min", ("Math", "abs"): "abs",
           ("Math", "round"): "round", ("Math", "pow"): "pow"}  # fmt: skip


@fixer(
    handles="name",
    examples=[
        Example("console.log('hello')\n", "print('hello')\n"),
        Example(
            "class A:\n    def f(self):\n        return this.x\n", "class A:\n    def f(self):\n        return self.x\n"
        ),
        Example("println('hello')\n", "print('hello')\n"),
        Example("x = Math.max(1, 2)\n", "x = max(1, 2)\n"),
        Example("def f(x: string):\n    return x\n", "def f(x: str):\n    return x\n"),
    ],
    leaves=["print(nothing)\n"],
)
def rename_foreign_name(context: Context) -> Iterator[Candidate]:
    name = context.problem.name
    index = token_at(context)
    if index is not None:
        for chain, new in _CHAINS.items():
            last = index + 2 * len(chain) - 1
            if chain[0] == name and [token.text for token in context.tokens[index:last:2]] == list(chain):
                start, end = context.problem.span.start, context.region.start + context.tokens[last - 1].end
                yield Candidate((Edit(Span(start, end), new),), f"Replace `{'.'.join(chain)}` with `{new}`")
    found = _NAMES.get(name)
    if (
        found is None
        or is_explained_by_imports(context)
        or (found == "self" and not any(visible.name == "self" for visible in visible_of(context)))
    ):
        return
    yield from replace_uses(context, found)
