"""Replace a container type of another language in an annotation: `ArrayList[int]` becomes `list[int]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import replace_uses, token_at
from quickfix_ls.values import Candidate

_CONTAINERS = (
    (re.compile(r"(?:.*(?:list|array|vector))|vec|seq|collection|iterable", re.IGNORECASE), "List"),
    (re.compile(r".*(?:map|dict|dictionary|hashtable)", re.IGNORECASE), "Dict"),
    (re.compile(r".*set", re.IGNORECASE), "Set"),
)

_TYPING = frozenset({"List", "Dict", "Set", "Mapping", "Collection", "Iterable"})


@fixer(
    handles="name",
    examples=[
        Example("def f(xs: ArrayList[int]):\n    return xs\n", "def f(xs: list[int]):\n    return xs\n"),
        Example("def f() -> Vector[int]:\n    return [1]\n", "def f() -> list[int]:\n    return [1]\n"),
        Example(
            "from typing import List\n\n\ndef f(a: List[int], b: Array[int]):\n    return a + b\n",
            "from typing import List\n\n\ndef f(a: List[int], b: List[int]):\n    return a + b\n",
        ),
        Example(
            "def f(ages: HashMap[str, int]):\n    return ages\n", "def f(ages: dict[str, int]):\n    return ages\n"
        ),
    ],
)
def translate_type(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `ArrayList` with `list`".

    The new name is `List` instead of `list` if the file already uses that spelling.
    """
    index, tokens = token_at(context), context.tokens
    if index is None or not index or tokens[index - 1].text not in (":", "->", "[", ",", "|"):
        return
    if tokens[index + 1 : index + 2] and tokens[index + 1].text != "[":
        return
    if context.problem.name in _TYPING:
        return  # it lacks its import, or its lower-case name is the nearest one
    for pattern, name in _CONTAINERS:
        if pattern.fullmatch(context.problem.name):
            is_typing = re.search(rf"(?<!\w){name}\s*\[|import\b.*\b{name}\b", context.snapshot.text) is not None
            yield from replace_uses(context, name if is_typing else name.lower())
            return
