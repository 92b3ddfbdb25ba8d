"""Correct the misspelt features of a `from __future__ import`: `annotation` becomes `annotations`."""

from __future__ import annotations
import __future__

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.change_titles import title_of_edits
from quickfix_ls.languages.python.fixers.enclosing import logical_last
from quickfix_ls.values import Candidate

_MAX_DISTANCE = 3


@fixer(
    handles="syntax",
    examples=[
        Example("from __future__ import annotation\n", "from __future__ import annotations\n"),
        Example(
            "from __future__ import division, print_funtion\n", "from __future__ import division, print_function\n"
        ),
    ],
    leaves=["from __future__ import braces\n"],
)
def respell_future(context: Context) -> Iterator[Candidate]:
    if not context.problem.message.startswith("future feature"):
        return
    tokens = context.tokens
    for index, line in enumerate(context.lines):
        if [token.text for token in tokens[line.first : line.first + 3]] != ["from", "__future__", "import"]:
            continue
        edits = []
        for at in range(line.first + 3, logical_last(context, index)):
            new = _nearest(tokens[at].text) if tokens[at].kind == "name" and tokens[at - 1].text != "as" else ""
            if new:
                edits.append(context.edit(tokens[at].start, tokens[at].end, new))
        if edits:
            yield Candidate(tuple(edits), title_of_edits(context, edits))
            return


def _nearest(word: str) -> str:
    """Return the feature that a word misspells; an empty string if it is one, or none is near."""
    features = __future__.all_feature_names
    if word in features:
        return ""
    distance, feature = min((OSA.distance(word.lower(), feature), feature) for feature in features)
    return feature if distance <= min(_MAX_DISTANCE, len(word) // 3) else ""
