"""The quality report is what its figures say now, in the docs, in the README and in pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.errors import UsageError
from research.quality_report.__main__ import page, readme
from research.quality_report.figures import figures
from research.quality_report.page import headline, quality_page
from research.quality_report.plots import PLOTS, draw
from tests.kit import REPOSITORY
from tests.research.quality_report.kit import offered, record

COUNTS = {"diagnosed": 3, "offered": 2, "exact": 1, "exact_within_3": 2,
          "with_tests": 4, "error_gone": 3, "judged": 2, "tests_pass": 1,
          "ms": {"p50": 1.5, "p95": 20.0}, "ms_where_offered": {"p50": 2, "p95": 30.5}}  # fmt: skip
NOTHING = {**COUNTS, "offered": 0, "exact": 0, "exact_within_3": 0, "ms_where_offered": {"p50": None, "p95": None}}


def part(name: str, version: str, counts: dict[str, Any], **troubles: int) -> dict[str, Any]:
    """What the comparison wrote of one server."""
    return {
        "date": "2026-01-02", "python": "3.11.7", "rows_of_a_kind": 4, "seed": 0, "rows_sha256": "a", "all": counts,
        "server": {"name": name, "version": version, **troubles},
        "groups": [{"source": "debugbench", "kind": "syntax", "n": 4, "counts": counts}],
    }  # fmt: skip


PEERS = [
    part("another", "2.3", NOTHING, restarts=3, timeouts=1, silent=2, errors=5),
    part("quickfix-ls", "1", COUNTS, restarts=0, timeouts=0, silent=0, errors=0),
]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    right = record(offered(0.9, exact=True), chances=(0.9, 0.1), right=(0,), preferred=True)
    return {"date": "2026-01-02", **figures([right, right, right, record(offered(0.5))], {})}


def test_the_pages_are_current() -> None:
    for name, made in (("docs/quality.md", page()), ("README.md", readme())):
        assert (REPOSITORY / name).read_text(encoding="utf-8") == made, "run: python -m research.quality_report"


def test_the_headline_is_a_row_a_source(made: dict[str, Any]) -> None:
    row = headline(made).splitlines()[2]
    assert row == "| DebugBench | 4 | 100 % | 75 % (30 to 95) | 75 % | 75 % | 75 % | 100 % (44 to 100) |"


def test_servers_stand_beside_each_other(made: dict[str, Any]) -> None:
    beside = quality_page(made, PEERS)
    assert "| rows | n | quickfix-ls | another (started again 3 times) |" in beside
    assert "| DebugBench: syntax | 4 | 25 % (50 %) | no fix |" in beside
    assert "| DebugBench: syntax | 4 / 2 | 75 % / 50 % | no fix |" in beside
    assert "| another | 75 % | 0 % | 0 % (0.0 to 49.0) | 1.5 / 20 | - | 3 | 1 | 2 | 5 |" in beside
    assert "Had to be started again: another 3 times." in beside
    assert "quickfix-ls 1, another 2.3" in beside
    assert "Beside other servers" not in quality_page(made, [])


def test_figures_of_different_rows_are_not_put_side_by_side(made: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="quickfix-ls and another were asked about different rows"):
        quality_page(made, [{**PEERS[0], "rows_sha256": "b"}, PEERS[1]])


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
