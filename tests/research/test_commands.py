"""Each command of research/ can be started, is listed, and says what is wrong in a sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kit import REPOSITORY

COMMANDS = (
    *("selector_comparison", "reward_models_report", "quality_report", "cross_encoder"),
    *("sql_functions", "sql_messages", "neural_judge"),
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=REPOSITORY)


def test_every_folder_is_a_command_that_the_readme_lists() -> None:
    assert {path.parent.name for path in (REPOSITORY / "research").glob("*/__main__.py")} == set(COMMANDS)
    listed = (REPOSITORY / "research" / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"python -m research.{name} " not in listed] == []


@pytest.mark.parametrize("name", COMMANDS[:-1])
def test_a_command_says_what_it_takes(name: str) -> None:
    done = run(f"research.{name}", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"usage: python -m research.{name}" in done.stdout


def test_a_step_that_there_is_not_is_refused() -> None:
    done = run("research.neural_judge", "nothing")
    assert done.returncode == 2
    assert "examples,rows,pretrain" in done.stderr


def test_a_file_that_is_not_there_is_said_so() -> None:
    done = run("research.selector_comparison", "nothing.parquet")
    assert done.returncode == 2
    assert done.stderr.startswith("research: nothing.parquet: no candidate set")


@pytest.mark.parametrize("name", ["train-cross-encoder", "score-cross-encoder"])
def test_the_product_has_no_command_for_it(name: str) -> None:
    done = run("quickfix_ls", name)
    assert done.returncode == 2
    assert "invalid choice" in done.stderr
