"""Make the README's picture, docs/fix.svg, of what `quickfix-ls fix` really prints for two of the examples.

Usage: python docs/make_picture.py   (from the root of the repository)
"""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from quickfix_ls.commands.disk import read_source
from quickfix_ls.commands.preview import Preview
from quickfix_ls.commands.problem_offers import ProblemOffers, found_offers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from tests.kit_python import PYTHON, python_index

EXAMPLES = ("examples/unclosed_bracket.py", "examples/misspelt_name.py")
PICTURE = Path("docs/fix.svg")

_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text.assemble(("$ ", "green"), f"quickfix-ls fix {' '.join(EXAMPLES)}", "\n"))
    pipeline = Pipeline.load(PYTHON)
    preview = Preview(console)
    for path in EXAMPLES:
        source = read_source(path)
        index = python_index(Snapshot.of(source.text))
        preview.show(source, asyncio.run(_found(pipeline, index)))
    preview.close()
    picture = console.export_svg(title="quickfix-ls", unique_id="quickfix-ls")
    # Without rich's web fonts: a picture in a README fetches nothing.
    PICTURE.write_text(_FONT_FACES.sub("", picture), encoding="utf-8")


async def _found(pipeline: Pipeline, index: Index) -> list[ProblemOffers]:
    return [finding async for finding in found_offers(pipeline, index, Budget(seconds=1.0, offers=1))]


if __name__ == "__main__":
    main()
