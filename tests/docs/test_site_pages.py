"""On the site, links between files of the repository are links between pages."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable

import pytest

from tests.kit import REPOSITORY


@pytest.fixture(scope="module")
def site_links() -> Callable[[str, str, str], str]:
    sys.path.insert(0, str(REPOSITORY / "docs"))  # as mkdocs does for its hooks
    try:
        made: Callable[[str, str, str], str] = runpy.run_path(str(REPOSITORY / "docs" / "site_pages.py"))["site_links"]
    finally:
        sys.path.pop(0)
    return made


@pytest.mark.parametrize(
    ("source", "page", "before", "after"),
    [
        ("docs/index.md", "index.md", "[a](../ARCHITECTURE.md#the-tree)", "[a](architecture.md#the-tree)"),
        ("docs/index.md", "index.md", "[a](../editors/neovim/README.md)", "[a](editors/neovim.md)"),
        ("editors/neovim/README.md", "editors/neovim.md", "[a](../../README.md)", "[a](../index.md)"),
        ("editors/neovim/README.md", "editors/neovim.md", "[a](../../docs/settings.md#k)", "[a](../settings.md#k)"),
        ("ARCHITECTURE.md", "architecture.md", "![a](docs/fix.svg)", "![a](fix.svg)"),
        ("benchmarks/README.md", "benchmarks/index.md", "[a](results.md)", "[a](results.md)"),
        ("ARCHITECTURE.md", "architecture.md", "[the *tests*](tests/kit.py), [b](#c)", "the *tests*, [b](#c)"),
        ("docs/index.md", "index.md", "[a](https://python.org) [b](none.md)", "[a](https://python.org) [b](none.md)"),
        (
            "docs/index.md",
            "index.md",
            "```\n[a](../README.md)\n```\n[b](../README.md)",
            "```\n[a](../README.md)\n```\n[b](index.md)",
        ),
    ],
)
def test_links_lead_to_pages(
    site_links: Callable[[str, str, str], str], source: str, page: str, before: str, after: str
) -> None:
    assert site_links(before, source, page) == after
