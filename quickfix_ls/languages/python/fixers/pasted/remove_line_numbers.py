"""Remove line numbers that were copied along with the code: `1 import os` becomes `import os`."""

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
    found = [number for number in _NUMBER.finditer(text) if number.group(1)]
    run = [
        number
        for index, number in enumerate(found)
        if any(
            0 <= near < len(found) and int(found[near].group(1)) - int(number.group(1)) == near - index
            for near in (index - 1, index + 1)
        )
    ]
    if len(run) > 1:
        # Every number is followed by the same gap; whitespace beyond it is the indentation of the code.
        gap = min((len(number["gap"]) for number in run if number["blank"] is None), default=0)
        edits = tuple(
            context.edit(number.start(), min(number.end("gap"), number.start("gap") + gap), "") for number in run
        )
        yield Candidate(edits, f"Remove the line numbers ({len(edits)} lines)")
