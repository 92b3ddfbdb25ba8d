"""Correct a typing error: two letters of an undefined name are swapped, or an inner one is missing or doubled, and
exactly one name that can be read there is like that, which is made of words that code uses."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import replace_uses
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.fixers.name_fits import fit_of, is_known_import
from quickfix_ls.languages.python.members.common_words import unknown_words
from quickfix_ls.languages.python.names.near_names import is_mistyped
from quickfix_ls.values import Candidate

_SHORTEST = 4


@fixer(
    handles="name",
    certain=True,
    examples=[
        Example("length = 3\nprint(lenght)\n", "length = 3\nprint(length)\n"),
        Example("def f(items):\n    return itms[0] + itms[1]\n", "def f(items):\n    return items[0] + items[1]\n"),
        Example("def f(name):\n    return nmae\n", "def f(name):\n    return name\n"),
    ],
    leaves=[
        "def f(item):\n    return items\n",
        "def f(name1):\n    return name2\n",
        "def f(from_x, form_x):\n    return frm_x\n",
        "def calcluate(x):\n    return calculate(x)\n",
    ],
)
def correct_typo(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Replace `lenght` with `length`"."""
    wrong = context.problem.name
    if len(wrong) < _SHORTEST or is_known_import(context):
        return
    readable = [visible.name for visible in visible_of(context) if visible.origin not in ("member", "keyword")]
    near = [name for name in readable if OSA.distance(wrong, name, score_cutoff=2) <= 2 and fit_of(context, name) >= 0]
    alike = [name for name in near if _is_slip(wrong, name) and unknown_words(name) < unknown_words(wrong)]
    if len(alike) == 1 and all(name == alike[0] or OSA.distance(wrong, name) > 1 for name in near):
        yield from replace_uses(context, alike[0])


def _is_slip(wrong: str, right: str) -> bool:
    is_swap = wrong[0] == right[0] and sorted(wrong) == sorted(right) and OSA.distance(wrong, right) == 1
    return is_swap or is_mistyped(wrong, right, _SHORTEST)
