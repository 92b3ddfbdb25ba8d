"""Checks that the reference page of fixers matches their current docstrings and examples."""

from __future__ import annotations

import runpy

from tests.kit import REPOSITORY


def test_the_page_is_current() -> None:
    made = runpy.run_path(str(REPOSITORY / "docs" / "make_fixers_page.py"))["page"]()
    page = (REPOSITORY / "docs" / "fixers.md").read_text(encoding="utf-8")
    assert page == made, "run: python docs/make_fixers_page.py"
