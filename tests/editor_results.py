"""A pytest plugin that records the results of editors' tests: `pytest -m editors --editors-results docs/editors.json`.

A test of an editor calls `record_case(editor, "the case's name")` first. After the run, the file's entry of each
editor that ran gets the version, the date and the result of each case. Without the option nothing is recorded; of an
editor that is absent, or whose every case was skipped, the last result stays.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.acceptance import Editor

_PROPERTY = "editor case"
RecordCase = Callable[[Editor, str], None]
Results = dict[str, dict[str, Any]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--editors-results", type=Path, help="the JSON file that the results of editors are merged into")


def pytest_configure(config: pytest.Config) -> None:
    """Collect in the process that has the reports of all workers."""
    file = config.getoption("--editors-results")
    if file is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Recorder(file))


@pytest.fixture
def record_case(record_property: Callable[[str, object], None]) -> RecordCase:
    """Says which editor and case the running test is about."""

    def record(editor: Editor, case: str) -> None:
        record_property(_PROPERTY, [editor.name, editor.version, editor.folder, case])

    return record


def merged(stored: Results, ran: Results) -> Results:
    """The stored entries with those that `ran`. Cases of the same version that did not run now stay as they were."""
    entries = dict(stored)
    for name, entry in ran.items():
        old = stored.get(name, {})
        kept = old.get("cases", {}) if old.get("version") == entry["version"] else {}
        entries[name] = {**entry, "cases": dict(sorted({**kept, **entry["cases"]}.items()))}
    return dict(sorted(entries.items()))


class _Recorder:
    """Holds what the reports of one run say, until its end."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ran: Results = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        case = dict(report.user_properties).get(_PROPERTY)
        if case is None or (report.when != "call" and not report.failed):
            return
        name, version, folder, case_name = case
        today = datetime.date.today().isoformat()
        entry = self._ran.setdefault(name, {"folder": folder, "version": version, "date": today, "cases": {}})
        entry["cases"][case_name] = _result(report)

    def pytest_sessionfinish(self) -> None:
        ran = {name: entry for name, entry in self._ran.items() if not all(map(_is_skip, entry["cases"].values()))}
        if ran:
            stored = json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else {}
            text = json.dumps(merged(stored, ran), indent=2, ensure_ascii=False)
            self._file.write_text(text + "\n", encoding="utf-8")


def _result(report: pytest.TestReport) -> str:
    """`passed`, `failed`, or `skipped: <why>`."""
    if report.skipped and isinstance(report.longrepr, tuple):
        return f"skipped: {report.longrepr[2].removeprefix('Skipped: ')}"
    return report.outcome


def _is_skip(result: str) -> bool:
    return result.startswith("skipped")
