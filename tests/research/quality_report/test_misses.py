"""The page of the worst misses."""

from __future__ import annotations

from dataclasses import replace

from research.quality_report.misses import MOST, misses_page
from tests.research.quality_report.kit import offered, record, row

ROW = row("if x\n    y\nz\n", "if x:\n    y()\nz\n", error="expected ':'")
MISS = record(offered(0.987, "fixer:add_colon", fixed="if x:\n    y\nz\n"), preferred=True)


def test_a_miss_shows_what_we_did_and_what_the_human_did() -> None:
    page = misses_page([MISS], {"row": ROW})
    assert page.partition("## 1. ")[2] == (
        "`row`\n\nDebugBench, line 1: `expected ':'`\n\n"
        "98.7 % sure, marked as preferred, by `fixer:add_colon`; the human's fix is not among the candidates.\n\n"
        "We:\n\n```diff\n@ line 1\n-if x\n+if x:\n```\n\n"
        "The human:\n\n```diff\n@ line 1\n-if x\n-    y\n+if x:\n+    y()\n```\n"
    )
    assert "Apache-2.0" in page.partition("## 1. ")[0]


def test_the_surest_come_first_and_right_ones_not_at_all() -> None:
    surer = replace(MISS, id="surer", offers=(offered(0.99),))
    right = replace(MISS, id="right", offers=(offered(0.999, exact=True),))
    rows = dict.fromkeys(("row", "surer", "right"), ROW)
    page = misses_page([MISS, right, surer, *[replace(MISS, id="silent", offers=())] * MOST], rows)
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## 1. `row`", "## 2. `row`"]
    assert page.index("99.0 % sure") < page.index("98.7 % sure")


def test_long_changes_are_cut_and_a_fence_in_the_text_does_not_end_ours() -> None:
    long = "".join(f"a{number}\n" for number in range(40))
    page = misses_page([MISS], {"row": row("```\n", long)})
    assert "... and 30 lines more" in page
    assert "````diff" in page
