"""The plugin in a real run of pytest: the fixes under the report, and those that are written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import REPOSITORY

_SECONDS = 120
_CODE = "def total(amounts):\n    return sum(amonts)\n"
_TEST = "from code_of_mine import total\n\ndef test_total():\n    assert total([1, 2]) == 3\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "code_of_mine.py").write_text(_CODE)
    (tmp_path / "test_mine.py").write_text(_TEST)
    return tmp_path


def _run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(REPOSITORY), str(folder), os.environ.get("PYTHONPATH", "")])
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
    variables = {**variables, "PYTHONPATH": paths, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "quickfix_ls.integrations.pytest_plugin", *options]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=_SECONDS)


def _fixes(output: str) -> str:
    return output.partition(" fixes ")[2]


def test_fix_of_an_error_is_under_the_report(project: Path) -> None:
    done = _run(project, "--quickfix")
    assert done.returncode == 1
    assert "sum(amounts)" in _fixes(done.stdout)
    assert (project / "code_of_mine.py").read_text() == _CODE


def test_nothing_is_shown_unless_asked_for(project: Path) -> None:
    assert _fixes(_run(project).stdout) == ""


def test_failed_assertions_have_no_fix(project: Path) -> None:
    (project / "code_of_mine.py").write_text("def total(amounts):\n    return 1\n")
    done = _run(project, "--quickfix")
    assert done.returncode == 1
    assert _fixes(done.stdout) == ""


def test_safe_fix_is_written(project: Path) -> None:
    (project / "code_of_mine.py").write_text("def total(amounts)\n    return sum(amounts)\n")
    done = _run(project, "--quickfix-write")
    assert done.returncode == 2
    assert (project / "code_of_mine.py").read_text() == "def total(amounts):\n    return sum(amounts)\n"
    assert "code_of_mine.py" in _fixes(done.stdout)
    assert _run(project).returncode == 0


def test_error_of_a_fixture(project: Path) -> None:
    (project / "test_mine.py").write_text(
        "import pytest\n\n@pytest.fixture\ndef given():\n    values = {'price': 1}\n    return values['pric']\n\n"
        "def test_it(given):\n    pass\n"
    )
    assert "values['price']" in _fixes(_run(project, "--quickfix").stdout)


@pytest.mark.parametrize("module", ["print(nmae)\nname = 1\nprint(nme)\n", "import jsn\n"])
def test_module_that_can_not_be_imported(project: Path, module: str) -> None:
    (project / "test_mine.py").write_text(module)
    done = _run(project, "--quickfix")
    assert done.returncode == 2
    assert "test_mine.py" in _fixes(done.stdout)


def test_errors_of_workers_are_shown(project: Path) -> None:
    done = _run(project, "--quickfix", "-p", "xdist.plugin", "-n", "2")
    assert done.returncode == 1
    assert "sum(amounts)" in _fixes(done.stdout), done.stdout


def test_same_error_of_many_tests_is_shown_once(project: Path) -> None:
    (project / "test_mine.py").write_text(_TEST + _TEST.replace("test_total", "test_again"))
    assert _fixes(_run(project, "--quickfix").stdout).count("return sum(amounts)") == 1
