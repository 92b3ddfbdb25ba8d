"""The pages of the site by the files they are made of, and links between files as links between pages.

The Markdown files link to each other by their paths in the repository, so that they can be read there. On the site a
link to a file that is a page leads to that page; of a link to any other file only its text is left.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from reference.editors import readmes

ROOT = Path(__file__).resolve().parents[1]

_PAGES = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
}
"""The pages of the files at the root; the README's place is taken by docs/index.md, which says the same."""

_PICTURES = {".gif", ".jpg", ".png", ".svg", ".webp"}
_FENCED = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\](?:\([^()]*\))?)*)\]\(([^()\s]+)\)")


def site_links(markdown: str, source: str, page: str) -> str:
    """Return Markdown with its links changed from those between files of the repository to those between pages.

    `source` is the path of the file in the repository, `page` its path on the site. Code blocks stay as they are, and
    so do links to other sites, to anchors of the same page, and to files that there are not, which mkdocs reports.
    """
    parts, end = [], 0
    for block in _FENCED.finditer(markdown):
        parts += [_linked(markdown[end : block.start()], source, page), block[0]]
        end = block.end()
    return "".join([*parts, _linked(markdown[end:], source, page)])


def _linked(text: str, source: str, page: str) -> str:
    def link(found: re.Match[str]) -> str:
        mark, words, address = found.groups()
        target, hash_sign, anchor = address.partition("#")
        if not target or ":" in target:
            return found[0]
        words = _linked(words, source, page)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        place = _place(path)
        if place is None:
            return words if (ROOT / path).exists() else found[0]
        return f"{mark}[{words}]({posixpath.relpath(place, posixpath.dirname(page) or '.')}{hash_sign}{anchor})"

    return _LINK.sub(link, text)


def _place(path: str) -> str | None:
    """Return where a file of the repository is on the site; None if it is not there."""
    if path in (pages := all_pages()):
        return pages[path]
    suffix = os.path.splitext(path)[1]
    if path.startswith("docs/") and (ROOT / path).is_file() and suffix in {".md", *_PICTURES}:
        return path.removeprefix("docs/")
    return path if suffix in _PICTURES and (ROOT / path).is_file() else None


def all_pages() -> dict[str, str]:
    """Return the page of each Markdown file outside of docs/, by its path in the repository."""
    more = [path for folder in ("benchmarks", "research") for path in sorted(ROOT.glob(f"{folder}/**/*.md"))]
    paths = [path.relative_to(ROOT).as_posix() for path in more]
    editors = {source: f"editors/{folder}.md" for folder, source in readmes().items()}
    return {**_PAGES, **{path: path.replace("README.md", "index.md") for path in paths}, **editors}


def pictures_of(source: str) -> Iterator[str]:
    """Yield the pictures outside of docs/ that a page shows, by their paths in the repository."""
    for _, _, address in _LINK.findall((ROOT / source).read_text(encoding="utf-8")):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), address))
        if not path.startswith("docs/") and os.path.splitext(path)[1] in _PICTURES and (ROOT / path).is_file():
            yield path
