"""The reference page of fixers is what their docstrings and examples say now."""

from __future__ import annotations

import runpy

from tests.kit import REPOSITORY


def test_the_page_is_current() -> None:
    made = runpy.run_path(str(REPOSITORY / "docs" / "make_fixers_page.py"))["page"]()
    page = (REPOSITORY / "docs" / "fixers.md").read_text(encoding="utf-8")
    assert page == made, "run: python docs/make_fixers_page.py"
