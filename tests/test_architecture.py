"""The house rules that no linter sees: what is documented, found by its place, and loaded late."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import quickfix_ls
from quickfix_ls.candidates.fixers import all_fixers
from quickfix_ls.providers import all_formats
from quickfix_ls.ranking.selectors import all_selectors
from tests.kit_python import PYTHON
from tests.kit_sql import SQL

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "quickfix_ls"
FOLDERS = sorted(path.parent.relative_to(PACKAGE) for path in PACKAGE.glob("*/**/__init__.py"))

HEAVY = {"lightgbm", "numpy", "scipy", "sklearn", "rich", "rapidfuzz", "asyncio", "pygls", "lsprotocol"}
HEAVY |= {"anyio", "httpx", "httpx_sse", "stamina", "detect_secrets", "pathspec", "xllamacpp", "parso"}


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_architecture_names_every_folder(folder: Path) -> None:
    assert f"{folder.name}/" in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_architecture_names_only_files_that_there_are() -> None:
    named = set(re.findall(r"`([\w/]+/[\w./]*\.(?:py|toml))`", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    roots = (ROOT, PACKAGE, PACKAGE / "languages/python")
    assert len(named) >= 40
    assert [name for name in sorted(named) if not any((root / name).exists() for root in roots)] == []


def test_fixers_are_found_by_their_place() -> None:
    for language in (PYTHON, SQL):
        files = {path.stem for path in (PACKAGE / f"languages/{language.name}/fixers").glob("*/*.py")} - {"__init__"}
        assert {one.name for one in all_fixers(language.fixers)} == files
        assert len(files) >= 12


def test_selectors_are_found_by_their_place() -> None:
    files = {path.stem for path in (PACKAGE / "ranking/selectors").glob("*.py")} - {"__init__"}
    assert set(all_selectors()) == files >= {"first", "majority", "logistic", "lightgbm"}


def test_wire_formats_are_found_by_their_place() -> None:
    files = {path.stem for path in (PACKAGE / "providers").glob("*.py")}
    assert {"openai", "anthropic"} <= set(all_formats()) <= files


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import quickfix_ls.__main__", HEAVY),
        ("from quickfix_ls.cli import main; main(['--help'])", HEAVY),
        ("from quickfix_ls.cli import main; main(['serve', '--help'])", HEAVY),
        ("import quickfix_ls.lsp.server", HEAVY - {"asyncio", "pygls", "lsprotocol"}),
        ("import quickfix_ls.gateway", HEAVY - {"asyncio", "anyio"}),
    ],
)
def test_what_is_heavy_is_not_loaded_at_start(code: str, forbidden: set[str]) -> None:
    report = "import sys, atexit; atexit.register(lambda: print('LOADED', *sys.modules)); "
    done = subprocess.run([sys.executable, "-c", report + code], capture_output=True, text=True, check=True)
    loaded = done.stdout.rpartition("LOADED")[2].split()
    assert "quickfix_ls" in loaded
    assert forbidden.isdisjoint(loaded)


def test_the_readme_shows_exactly_two_set_up_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.match(r" *\$? *pip install ", line)] == [
        "pip install . && quickfix-ls fix examples/",
        'pip install -c constraints.txt -e ".[dev]" && pytest',
    ]


def test_the_readme_fits_on_a_screen() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_the_readmes_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(links) >= 4
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_version_is_one() -> None:
    project = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)
    assert project is not None
    assert project[1] == quickfix_ls.__version__
    assert f"## {quickfix_ls.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_is_pinned_for_the_tests() -> None:
    pinned = {line.partition("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line}
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = set(re.findall(r'^    "([A-Za-z][\w.-]*)(?:\[\w+\])?>=', text, re.M)) | {"scikit-learn"}
    assert len(wanted) >= 12
    assert wanted <= pinned
