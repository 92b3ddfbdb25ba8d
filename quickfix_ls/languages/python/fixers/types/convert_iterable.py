"""Convert an iterable to the expected container type: `ages.keys()` becomes `list(ages.keys())`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.values import Candidate

_CONTAINERS = frozenset({"list", "set", "tuple"})


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example(
            "def f(ages: dict[str, int]) -> list[str]:\n    return $0ages.keys()\n",
            "def f(ages: dict[str, int]) -> list[str]:\n    return list(ages.keys())\n",
            (
                "mypy",
                "return-value",
                'Incompatible return value type (got "dict_keys[str, int]", expected "list[str]")',
            ),
        ),
        Example(
            "def f(xs: list[int]): ...\n\n\nf($0range(3))\n",
            "def f(xs: list[int]): ...\n\n\nf(list(range(3)))\n",
            ("mypy", "arg-type", 'Argument 1 to "f" has incompatible type "range"; expected "list[int]"'),
        ),
        Example(
            "xs: set[str] = $0map(str, [1])\n",
            "xs: set[str] = set(map(str, [1]))\n",
            ("ty", "invalid-assignment", "Object of type `map[str]` is not assignable to `set[str]`"),
        ),
    ],
)
def convert_iterable(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Make a list of it: `list(ages.keys())`"."""
    wanted = next(iter(context.problem.hints), "").lower()
    if wanted not in _CONTAINERS:
        return
    tree = tree_of(context)
    values = [
        *(statement.value for statement in tree.near(ast.Return)),
        *(statement.value for statement in tree.near(ast.AnnAssign)),
        *(statement.value for statement in tree.near(ast.Assign)),
        *(value for call in tree.near(ast.Call) for value in [*call.args, *(word.value for word in call.keywords)]),
    ]
    start = context.offset
    for value in values:
        # Some tools underline the target of an assignment when its value has the wrong type.
        if value is not None and (tree.span(value).start == start or value is values[0]):
            title = f"Make a {wanted} of it: `{wanted}({tree.text(value)})`"
            yield Candidate(tree.around(value, f"{wanted}(", ")"), title)
