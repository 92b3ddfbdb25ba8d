"""Fills in the parts of the documentation that are made from the code: settings, options, providers, the doctor's lines
and the inputs of the GitHub Action.

python docs/make_reference.py

A part stands between `<!-- made by docs/make_reference.py: NAME -->` and `<!-- end -->`, and is made by
docs/reference/NAME.py.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

_PART = re.compile(r"(<!-- made by docs/make_reference\.py: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Return the pages that have such parts, as they have to be."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
    return {path: _PART.sub(_filled, text) for path, text in texts.items() if _PART.search(text)}


def _filled(part: re.Match[str]) -> str:
    made: str = importlib.import_module(f"docs.reference.{part[2]}").made()
    return f"{part[1]}\n{made.strip()}\n\n{part[3]}"


if __name__ == "__main__":
    for page, markdown in pages().items():
        page.write_text(markdown, encoding="utf-8")
        print(f"wrote {page.relative_to(ROOT)}")
