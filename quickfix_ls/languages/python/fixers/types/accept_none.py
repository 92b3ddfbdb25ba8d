"""Allow `None` in the annotation of a parameter whose default is `None`: `name: str = None` becomes
`name: str | None = None`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.values import Candidate

_NO_NONE = ("ty", "invalid-parameter-default", "Default value of type `None` is not assignable to annotated type `str`")


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example("def f($0name: str = None): ...\n", "def f(name: str | None = None): ...\n", _NO_NONE),
        Example(
            "from typing import Optional\n\n\ndef f($0name: str = None): ...\n",
            "from typing import Optional\n\n\ndef f(name: Optional[str] = None): ...\n",
            _NO_NONE,
        ),
    ],
)
def accept_none(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Let `name` be `None`".

    The annotation becomes `Optional[…]` if the file imports `Optional`, else `… | None`.
    """
    tree = tree_of(context)
    imports_optional = "import Optional" in context.snapshot.text
    for given in (node for node in ast.walk(tree.root) if isinstance(node, ast.arguments)):
        positional = [*given.posonlyargs, *given.args]
        defaults = [*zip(positional[len(positional) - len(given.defaults) :], given.defaults, strict=True)]
        defaults += [
            (keyword, value) for keyword, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value
        ]
        for parameter, value in defaults:
            is_none = isinstance(value, ast.Constant) and value.value is None
            if not is_none or parameter.annotation is None:
                continue
            # Some tools underline the parameter, others its default.
            if not tree.span(parameter).start <= context.offset <= tree.span(value).end:
                continue
            before, after = ("Optional[", "]") if imports_optional else ("", " | None")
            yield Candidate(tree.around(parameter.annotation, before, after), f"Let `{parameter.arg}` be `None`")
