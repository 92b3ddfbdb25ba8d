"""Results of editors' tests are recorded as the tests went, and docs/editors.md is what the recorded results say."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

from tests.editor_results import merged
from tests.kit import REPOSITORY

MAKE_PAGE = runpy.run_path(str(REPOSITORY / "docs" / "make_editors_page.py"))
TESTS_OF_EDITORS = """
import pytest
from tests.e2e.acceptance import Editor

RUNS, ABSENT = Editor("Runs", "2", "runs"), Editor("Absent", "1", "absent")

def test_passes(record_case):
    record_case(RUNS, "passes")

def test_fails(record_case):
    record_case(RUNS, "fails")
    assert False

def test_cannot(record_case):
    record_case(RUNS, "cannot")
    pytest.skip("it has no second server")

def test_absent(record_case):
    record_case(ABSENT, "passes")
    pytest.skip("it is not installed")

def test_of_no_editor():
    pass
"""


def test_the_page_is_current() -> None:
    page = (REPOSITORY / "docs" / "editors.md").read_text(encoding="utf-8")
    assert page == MAKE_PAGE["current_page"](), "run: python docs/make_editors_page.py"


def test_every_editor_has_a_result_or_says_that_it_has_none() -> None:
    page = (REPOSITORY / "docs" / "editors.md").read_text(encoding="utf-8")
    folders = [readme.parent.name for readme in (REPOSITORY / "editors").glob("*/README.md")]
    assert [folder for folder in folders if f"(../editors/{folder}/README.md)" not in page] == []


def test_the_option_records_what_ran(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    results.write_text('{"Another": {"folder": "another", "version": "3", "date": "2026-01-01", "cases": {}}}')
    _pytest(tmp_path, "--editors-results", str(results))
    recorded = json.loads(results.read_text())
    assert list(recorded) == ["Another", "Runs"]
    assert recorded["Runs"]["version"] == "2"
    assert recorded["Runs"]["cases"] == {
        "passes": "passed",
        "fails": "failed",
        "cannot": "skipped: it has no second server",
    }


def test_nothing_is_recorded_without_the_option(tmp_path: Path) -> None:
    _pytest(tmp_path)
    assert list(tmp_path.glob("*.json")) == []


def test_cases_of_the_same_version_stay_and_those_of_another_go() -> None:
    old = {"Editor": {"folder": "e", "version": "1", "date": "2026-01-01", "cases": {"a": "passed"}}}
    same = {"Editor": {"folder": "e", "version": "1", "date": "2026-02-02", "cases": {"b": "failed"}}}
    newer = {"Editor": {"folder": "e", "version": "2", "date": "2026-02-02", "cases": {"b": "failed"}}}
    assert merged(old, same)["Editor"]["cases"] == {"a": "passed", "b": "failed"}
    assert merged(old, newer)["Editor"]["cases"] == {"b": "failed"}


def test_the_page_shows_signs_reasons_and_what_was_not_run() -> None:
    cases = {
        "a syntax error": "passed",
        "CRLF line ends": "failed",
        "a missing import": "skipped: no",
        "mine": "passed",
    }
    results = {"Editor": {"folder": "e", "version": "1", "date": "2026-01-01", "cases": cases}}
    page = MAKE_PAGE["page"](results, {"f": "# quickfix-ls in Far\n\nNot run by us: we have no Far.\n", "g": "# G\n"})
    assert "| [Editor](../editors/e/README.md) | 1 | 2026-01-01 | ✓ |  | – (1) |  | ✗ |  |  |" in page
    assert "1. no\n" in page
    assert "- ✓ mine\n" in page
    assert page.endswith("- [Far](../editors/f/README.md)\n")


def _pytest(folder: Path, *options: str) -> None:
    """Run the tests above in two processes, as the suite does."""
    (folder / "test_editors.py").write_text(TESTS_OF_EDITORS)
    command = [sys.executable, "-m", "pytest", "-p", "tests.editor_results", "-p", "no:cacheprovider", "-n", "2"]
    path = os.pathsep.join([str(REPOSITORY), *sys.path[1:]])
    run = subprocess.run(
        [*command, *options, "test_editors.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "2 passed" in run.stdout, run.stdout + run.stderr
    assert "1 failed" in run.stdout
