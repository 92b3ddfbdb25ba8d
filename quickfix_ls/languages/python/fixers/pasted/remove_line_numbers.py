"""Remove line numbers that were copied along with the code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate

_NUMBER = re.compile(r"^[ \t]*(\d{1,5})(?:[.:|)]|(?=[ \t])|$)(?P<gap>[ \t]*)(?P<blank>\r?$)?", re.MULTILINE)


@fixer(
    handles="syntax",
    examples=[
        Example("1 import os\n2 import re\n", "import os\nimport re\n"),
        Example("9: def f():\n10:     return 1\n", "def f():\n    return 1\n"),
        Example("1  import os\n2  if os:\n3      go()\n", "import os\nif os:\n    go()\n"),
        Example("1\tdef f():\n2\t    return 1\n", "def f():\n    return 1\n"),
        Example(" 9| x = 1\n10|\n11| y = 2\n", "x = 1\n\ny = 2\n"),
    ],
)
def remove_line_numbers(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    line_start = text.rfind("\n", 0, min(context.offset, len(text))) + 1
    if _NUMBER.match(text, line_start) is None and not text[:1].isdigit():
        return
    found = [one for one in _NUMBER.finditer(text) if one.group(1)]
    run = [
        one
        for index, one in enumerate(found)
        if any(
            0 <= near < len(found) and int(found[near].group(1)) - int(one.group(1)) == near - index
            for near in (index - 1, index + 1)
        )
    ]
    if len(run) > 1:
        # Behind all numbers stands the same gap, and behind it the code's own indentation.
        gap = min((len(one["gap"]) for one in run if one["blank"] is None), default=0)
        edits = tuple(context.edit(one.start(), min(one.end("gap"), one.start("gap") + gap), "") for one in run)
        yield Candidate(edits, f"Remove the line numbers ({len(edits)} lines)")
