"""The quality report is what its figures say now, in the docs, in the README and in pictures."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.training.report.figures import figures
from quickfix_ls.training.report.page import headline, quality_page
from quickfix_ls.training.report.plots import PLOTS, draw
from tests.kit import REPOSITORY
from tests.training.report.kit import offered, record

COUNTS = {"diagnosed": 3, "offered": 2, "exact": 1, "exact_within_3": 2,
          "with_tests": 4, "error_gone": 3, "judged": 2, "tests_pass": 1,
          "ms": {"p50": 1.5, "p95": 20.0}, "ms_where_offered": {"p50": 2, "p95": 30.5}}  # fmt: skip
NOTHING = {**COUNTS, "offered": 0, "exact": 0, "exact_within_3": 0, "ms_where_offered": {"p50": None, "p95": None}}
PEERS: dict[str, Any] = {
    "date": "2026-01-02", "python": "3.11.7", "rows_of_a_kind": 4, "seed": 0,
    "servers": [{"name": "ours", "version": "1", "restarts": 0}, {"name": "other", "version": "2.3", "restarts": 1}],
    "all": {"ours": COUNTS, "other": NOTHING},
    "groups": [{"source": "debugbench", "kind": "syntax", "n": 4, "servers": {"ours": COUNTS, "other": NOTHING}}],
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    right = record(offered(0.9, exact=True), chances=(0.9, 0.1), right=(0,), preferred=True)
    return {"date": "2026-01-02", **figures([right, right, right, record(offered(0.5))], {})}


def test_the_pages_are_current() -> None:
    script = runpy.run_path(str(REPOSITORY / "docs" / "make_quality.py"))
    for name in ("docs/quality.md", "README.md"):
        made = script["page" if name.startswith("docs") else "readme"]()
        assert (REPOSITORY / name).read_text(encoding="utf-8") == made, "run: python docs/make_quality.py"


def test_the_headline_is_a_row_a_source(made: dict[str, Any]) -> None:
    row = headline(made).splitlines()[2]
    assert row == "| DebugBench | 4 | 100 % | 75 % (30 to 95) | 75 % | 75 % | 75 % | 100 % (44 to 100) |"


def test_servers_stand_beside_each_other(made: dict[str, Any]) -> None:
    page = quality_page(made, PEERS)
    assert "| DebugBench: syntax | 4 | 25 % (50 %) | no fix |" in page
    assert "| DebugBench: syntax | 4 / 2 | 75 % / 50 % | no fix |" in page
    assert "| other | 75 % | 0 % | 0 % (0.0 to 49.0) | 1.5 / 20 | - |" in page
    assert "Had to be started again: other 1 times." in page
    assert "ours 1, other 2.3" in page
    assert "Beside other servers" not in quality_page(made, None)


def test_pictures_are_the_same_bytes_for_the_same_figures(tmp_path: Path, made: dict[str, Any]) -> None:
    many = {**made, "sources": [{**one, "groups": [{**one["groups"][0], "n": 500}]} for one in made["sources"]]}
    for folder in ("one", "two"):
        draw(many, tmp_path / folder)
    names = {f"{name}-{theme}.svg" for name in PLOTS for theme in ("light", "dark")}
    assert {path.name for path in (tmp_path / "one").iterdir()} == names
    for name in names:
        drawn = (tmp_path / "one" / name).read_text(encoding="utf-8")
        assert "DebugBench, syntax" in drawn
        assert drawn == (tmp_path / "two" / name).read_text(encoding="utf-8")
