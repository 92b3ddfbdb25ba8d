"""Makes docs/fixers.md, the reference of all fixers, from their docstrings and examples.

python docs/make_fixers_page.py
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from quickfix_ls.candidates.fixers import Example, Fixer, all_fixers
from tests.kit_python import PYTHON

PAGE = Path(__file__).resolve().parent / "fixers.md"
_HEAD = """# All fixers

<!-- Made by docs/make_fixers_page.py from the fixers themselves: change those, then run it. -->

A fixer knows one kind of mistake and proposes what it may have been meant to be. Each proposal is compiled, checked
and ranked before anybody sees it; so a fixer's examples say what it proposes, and the ranking what you are offered.
Beside the fixers stands a search over one-token edits, which knows no patterns. A name in this list, in the setting
`disabledFixers`, switches that fixer off.

`\\u00a0` stands for a character that can't be seen.
"""
_KINDS = {
    "syntax": "Syntax errors",
    "name": "Undefined and misspelt names",
    "type": "Types, where a checker of yours proves the fix",
}


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for kind, title in _KINDS.items():
        fixers = [one for one in all_fixers(PYTHON.fixers) if kind in one.handles]
        links = " · ".join(f"[{one.name}](#{one.name})" for one in fixers)
        parts += [f"## {title}\n\n{links}\n", *map(_section, fixers)]
    return "\n".join(parts)


def _section(fixer: Fixer) -> str:
    text = inspect.getdoc(inspect.getmodule(fixer.propose)) or ""
    return "\n".join([f"### {fixer.name}\n", f"{text}\n", *map(_example, fixer.examples)])


def _example(example: Example) -> str:
    """The two texts as a diff of whole lines, lines that are the same shown once."""
    before, after = (text.replace("$0", "").splitlines() for text in (example.before, example.after))
    head = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    most = min(len(before), len(after)) - head
    tail = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    lines = [
        *(f"  {line}" for line in before[:head]),
        *(f"- {line}" for line in before[head : len(before) - tail]),
        *(f"+ {line}" for line in after[head : len(after) - tail]),
        *(f"  {line}" for line in before[len(before) - tail :]),
    ]
    text = "".join(_visible(char) for char in "\n".join(line.rstrip() for line in lines))
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}diff\n{text}\n{fence}\n"


def _visible(char: str) -> str:
    return char if char.isprintable() or char in "\n\t" else f"\\u{ord(char):04x}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}: {len(all_fixers(PYTHON.fixers))} fixers")
