"""What other tools report, and what becomes of it: small broken files of our own, each through the real tool and our
real server, which has that tool alone in its setting `checkers` and gets no diagnostics from the client.

    python benchmarks/quality/checkers.py [TOOL...]

Prints docs/checkers.md; with no tool named, writes it too. Tools that are not on PATH are left out, and so are files
in which a tool reports nothing at the place that is wrong.
"""

from __future__ import annotations

import asyncio
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from quickfix_ls.checkers import all_checkers
from quickfix_ls.checkers.checker import Checker
from quickfix_ls.checkers.running import find, run
from quickfix_ls.documents.positions import to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.compile_check import HERE
from quickfix_ls.values import Edit, Reported, Span, apply_edits
from tests.kit import Buffer, RawClient
from tests.kit_python import PYTHON

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checkers.md"
SECONDS = 60.0
CAPABILITIES = {
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}},
}

ROOM = "class Room:\n    def __init__(self, width):\n        self.width = width\n\n\nroom = Room(2)\n"
SCALE = "def scale(value, factor):\n    return value * factor\n\n\n"
LOAD = "async def load() -> str:\n    return 'a'\n\n\nasync def main() -> None:\n"
COUNT = "count = 0\n\n\ndef bump() -> None:\n"


class Wrong(NamedTuple):
    """A broken text, what is wrong in it (where it stands first), and what that should be everywhere; empty where no
    change can be known to be meant, so that the right answer is none."""

    text: str
    wrong: str
    right: str


FILES = {
    "misspelt local": Wrong("length = 3\nprint(lenght)\n", "lenght", "length"),
    "misspelt builtin": Wrong("for x in range(3):\n    prnt(x)\n", "prnt", "print"),
    "missing import": Wrong("print(json.dumps([1]))\n", "print", "import json\n\nprint"),
    "missing from": Wrong("seen = defaultdict(list)\n", "seen", "from collections import defaultdict\n\nseen"),
    "null": Wrong("def find():\n    return null\n", "null", "None"),
    "open bracket": Wrong("print((1 + 2)\nprint(3)\n", "2)", "2))"),
    "missing colon": Wrong("for x in range(3)\n    print(x)\n", "(3)", "(3):"),
    "open quote": Wrong("print('a)\n", "a)", "a')"),
    "missing comma": Wrong("sizes = [1, 2 3]\n", "2 3", "2, 3"),
    "assignment": Wrong("x = 1\nif x = 2:\n    print(x)\n", "x = 2", "x == 2"),
    "local counter": Wrong(COUNT + "    count += 1\n", "    count +=", "    global count\n    count +="),
    "module member": Wrong("import math\nprint(math.squrt(2))\n", "squrt", "sqrt"),
    "imported name": Wrong("from collections import OrderdDict\n", "OrderdDict", "OrderedDict"),
    "unresolved module": Wrong("import jsn\n\nprint(jsn.dumps([1]))\n", "jsn", "json"),
    "unknown keyword argument": Wrong(SCALE + "print(scale(1, factr=2))\n", "factr=", "factor="),
    "own attribute": Wrong(ROOM + "print(room.widht)\n", "widht", "width"),
    "attribute of an inferred type": Wrong(
        "from pathlib import Path\n\nprint(Path('a').read_txt())\n", "read_txt", "read_text"
    ),
    "missing self": Wrong("class Room:\n    def area():\n        return 3\n", "area()", "area(self)"),
    "missing self, with others": Wrong(
        "class Room:\n    def area(n):\n        return n * 2\n", "area(n)", "area(self, n)"
    ),
    "missing await": Wrong(LOAD + "    print(load().upper())\n", "load().", "(await load())."),
    "missing await, bound": Wrong(LOAD + "    text = load()\n    print(text.upper())\n", "= load()", "= await load()"),
    "missing await, alone": Wrong(LOAD + "    load()\n", "    load()", "    await load()"),
    "text + number": Wrong("count = 3\nprint('n: ' + count)\n", "+ count", "+ str(count)"),
    "answer + number": Wrong("age = input() + 1\n", "input()", "int(input())"),
    "view returned for a list": Wrong(
        "def names(ages: dict[str, int]) -> list[str]:\n    return ages.keys()\n", "ages.keys()", "list(ages.keys())"
    ),
    "map returned for a List": Wrong(
        "from typing import List\n\n\ndef sizes(xs: List[str]) -> List[int]:\n    return map(len, xs)\n",
        "map(len, xs)",
        "list(map(len, xs))",
    ),
    "method not called": Wrong("print('a'.strip.upper())\n", "strip.", "strip()."),
    "module called": Wrong("import datetime\n\nprint(datetime(2020, 1, 1))\n", "datetime(", "datetime.datetime("),
    "loop over a number": Wrong("for i in len('abc'):\n    print(i)\n", "len('abc')", "range(len('abc'))"),
    "None as default": Wrong("def greet(name: str = None) -> None:\n    print(name)\n", ": str", ": str | None"),
    "any as a type": Wrong(
        "from typing import Any\n\nx: Any = 1\n\n\ndef show(value: any) -> None:\n    print(value)\n", "any)", "Any)"
    ),
    "possibly unbound": Wrong("import sys\n\nif sys.argv:\n    x = 1\nprint(x)\n", "(x)", ""),
    "member of an Optional": Wrong("import re\n\nprint(re.match('a', 'b').group())\n", ".group", ""),
    "too few arguments": Wrong(SCALE + "print(scale(1))\n", "scale(1)", ""),
    "too many arguments": Wrong(SCALE + "print(scale(1, 2, 3))\n", "scale(1, 2, 3)", ""),
}


class Outcome(NamedTuple):
    """What a tool said of a file and what was offered first; `exact`: that makes the text that was meant."""

    file: str
    said: str
    title: str
    exact: bool
    proven: bool
    seconds: float


async def outcome(checker: Checker, client: RawClient, file: str) -> Outcome | None:
    """What a tool alone leads to; None where it reports nothing there."""
    text, wrong, right = FILES[file]
    snapshot = Snapshot.of(text)
    said = _said_near(await run(checker, snapshot, HERE, SECONDS) or (), snapshot, FILES[file])
    if said is None:
        return None
    buffer = Buffer(client, text, f"file:///{file.replace(' ', '-')}.py")
    began = time.perf_counter()
    actions = await buffer.actions(said.span.start, said.span.end, triggerKind=1, only=["quickfix"])
    seconds = time.perf_counter() - began
    words = f"{said.code}: {said.message.splitlines()[0]}" if said.code else said.message.splitlines()[0]
    if not actions:
        return Outcome(file, words, "", not right, False, seconds)
    after = _applied(snapshot, actions[0])
    checks = actions[0]["data"]["checks"]
    exact = after == text.replace(wrong, right) if right else False
    return Outcome(file, words, actions[0]["title"], exact, f"checked with {checker.name}" in checks, seconds)


def _said_near(found: tuple[Reported, ...], snapshot: Snapshot, wrong: Wrong) -> Reported | None:
    """The diagnostic on the line of what is wrong, or else the first, since tools disagree on where an error is."""
    line = snapshot.line_at(snapshot.text.index(wrong.wrong))
    on_line = [one for one in found if snapshot.line_at(one.span.start) <= line <= snapshot.line_at(one.span.end)]
    return next(iter([*on_line, *found]), None)


def _applied(snapshot: Snapshot, action: dict[str, Any]) -> str:
    (document,) = action["edit"]["documentChanges"]
    edits = []
    for one in document["edits"]:
        ends = (one["range"][key] for key in ("start", "end"))
        edits.append(
            Edit(Span(*(to_offset(snapshot, at["line"], at["character"], "utf-16") for at in ends)), one["newText"])
        )
    return apply_edits(snapshot.text, edits)


async def outcomes(checker: Checker) -> list[Outcome]:
    """One after the other, through one server."""
    client = await RawClient.start()
    await client.initialize(CAPABILITIES, initializationOptions={"checkers": [checker.name]})
    found = [await outcome(checker, client, file) for file in FILES]
    await client.stop()
    return [one for one in found if one is not None]


def section(checker: Checker, found: list[Outcome]) -> str:
    """One tool's table."""
    known = [one for one in found if FILES[one.file].right]
    offers = sum(bool(one.title) for one in known)
    exact, proven = sum(one.exact for one in known), sum(one.proven for one in known)
    silent = sum(not one.title for one in found if one not in known)
    slowest = max((one.seconds for one in found), default=0.0)
    median = sorted(one.seconds for one in found)[len(found) // 2] if found else 0.0
    lines = [
        f"## {checker.name} {metadata.version(checker.name)}\n",
        f"Of {len(known)} reported errors whose right fix can be known: {offers} offers, "
        f"{exact} as meant, {proven} proven. Of {len(found) - len(known)} others: {silent} times silence. "
        f"With all runs of the tool: median {median:.2f} s, slowest {slowest:.2f} s.\n",
        "| error | what it said | the first offer | as meant | proof |",
        "|---|---|---|---|---|",
    ]
    for one in found:
        proof = f"checked with {checker.name}" if one.proven else ""
        cells = (one.file, one.said, one.title or "none", "yes" if one.exact else "no", proof)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


HEAD = """# Other tools' errors

<!-- Made by: python benchmarks/quality/checkers.py -->

Small broken files, each through the real tool and the real server. The server has this tool alone in `checkers`, and
the client sends no diagnostics. The first offer counts, and is "as meant" when it makes the very text that we had in
mind; "none" is as meant where no change can be known to be right. The proof is that the tool, run again on the changed
text, no longer reports the error, and nothing new.
"""


async def main(tools: list[str]) -> None:
    parts = [HEAD]
    for name, checker in all_checkers(PYTHON.checkers).items():
        if (tools and name not in tools) or find(checker.command[0]) is None:
            continue
        parts.append(section(checker, await outcomes(checker)))
        print(parts[-1])
    if not tools:
        PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
