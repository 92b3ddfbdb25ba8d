"""A plugin of pytest: with `--quickfix`, the report of a failed run ends with the fixes of its errors; with
`--quickfix-write`, those that are safe are written.

Errors are fixed, failed assertions are not: what they expect is the test's to say. Language servers are told of the
errors, until the test passes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from quickfix_ls.runs.record import RunError
    from quickfix_ls.runs.store import Program

_ERRORS: list[RunError] = []
_OF_WORKER = "quickfix_ls"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup("quickfix-ls")
    group.addoption("--quickfix", action="store_true", help="show the fixes of errors (not of failed assertions)")
    group.addoption("--quickfix-write", action="store_true", help="show the fixes of errors, and write the safe ones")


def pytest_exception_interact(
    node: pytest.Item | pytest.Collector, call: pytest.CallInfo[object], report: pytest.TestReport
) -> None:
    """Record the error of a test, a fixture or a module that could not be imported."""
    options = node.config.option
    info = call.excinfo
    if info is None or not (options.quickfix or options.quickfix_write) or isinstance(info.value, AssertionError):
        return
    from quickfix_ls.runs.capture import captured
    from quickfix_ls.runs.store import remember

    error = info.value.__cause__ if type(info.value).__name__ == "CollectError" and info.value.__cause__ else info.value
    record = captured(error)
    _ERRORS.append(record)
    remember(_program(node.config, node.nodeid), [record])


class _Passing:
    """Drops what is known of the tests that pass and of the modules that can be imported."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self._forget(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.passed:
            self._forget(report.nodeid)

    def _forget(self, node: str) -> None:
        from quickfix_ls.runs.store import forget

        forget(_program(self._config, node))


def pytest_configure(config: pytest.Config) -> None:
    """Look at the tests that pass, where the user asked for fixes."""
    if config.option.quickfix or config.option.quickfix_write:
        config.pluginmanager.register(_Passing(config), "quickfix-ls-passing")


def _program(config: pytest.Config, node: str) -> Program:
    from quickfix_ls.runs.store import Program

    return Program(str(config.rootpath), f"pytest {node}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a worker of pytest-xdist, give the errors to the process that reports."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is None or not _ERRORS:
        return
    from quickfix_ls.runs.record import error_to_json

    output[_OF_WORKER] = json.dumps([error_to_json(error) for error in _ERRORS])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the errors of a worker of pytest-xdist that has ended."""
    output = getattr(node, "workeroutput", None) or {}
    if _OF_WORKER not in output:
        return
    from quickfix_ls.runs.record import error_from_json

    read = (error_from_json(value) for value in json.loads(output[_OF_WORKER]))
    _ERRORS.extend(error for error in read if error is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write the fixes under the report."""
    if not _ERRORS:
        return
    from quickfix_ls.integrations.shown_fixes import fixes_as_text, written

    errors = list({(error.said, error.frames[-1:]): error for error in _ERRORS}.values())
    _ERRORS.clear()
    terminalreporter.section("fixes")
    terminalreporter.write_line(fixes_as_text(errors).rstrip())
    if terminalreporter.config.option.quickfix_write:
        for line in written(errors):
            terminalreporter.write_line(line)
