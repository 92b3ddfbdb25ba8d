"""The GitHub Action: its check step, run as GitHub runs it, on files that are broken and files that are not.

docs/try_commands.py runs both steps, and holds the file to GitHub's schema.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.kit import REPOSITORY
from tests.kit_commands import sandbox

ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
CHECK = ACTION["runs"]["steps"][1]


def run(folder: Path, environment: Mapping[str, str], **inputs: str) -> tuple[int, str]:
    """Run the check with inputs over their defaults; return its exit code and what it prints."""
    values = {f"inputs.{name}": str(one["default"]) for name, one in ACTION["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(REPOSITORY)}
    given = {
        key: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: values[found[1]], text) for key, text in CHECK["env"].items()
    }
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]]
    done = subprocess.run(script, cwd=folder, env={**environment, **given}, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_problems_are_annotations_and_fail_the_job(tmp_path: Path) -> None:
    code, printed = run(tmp_path, sandbox(tmp_path), paths="examples/missing_colon.py examples/misspelt_name.py")
    assert code == 1
    assert re.findall("^::error file=([^,]+),line=(\\d+)", printed, re.MULTILINE) == [
        ("examples/missing_colon.py", "7"),
        ("examples/misspelt_name.py", "7"),
    ]


def test_inputs_choose_problems_and_settings(tmp_path: Path) -> None:
    environment = sandbox(tmp_path)
    (tmp_path / "right.py").write_text("print(1)\n")
    assert run(tmp_path, environment, only="syntax", paths="examples/misspelt_name.py") == (0, "")
    assert run(tmp_path, environment, settings="exclude=examples,editors maxOffers=1") == (0, "")


def test_an_input_is_never_a_command(tmp_path: Path) -> None:
    environment = sandbox(tmp_path)
    run(tmp_path, environment, paths="$(touch made) ; touch made", only='"; touch made', settings="`touch made`")
    assert not (tmp_path / "made").exists()


def test_every_input_is_used_through_the_environment() -> None:
    steps = ACTION["runs"]["steps"]
    assert not any("${{" in step["run"] for step in steps)
    used = {found for step in steps for found in re.findall(r"inputs\.(\w+)", str(step["env"]))}
    assert used == set(ACTION["inputs"])


def test_the_configurations_that_are_shown_name_what_there_is() -> None:
    page = (REPOSITORY / "docs" / "automation.md").read_text(encoding="utf-8")
    pre_commit, workflow = map(yaml.safe_load, re.findall("^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in pre_commit["repos"][0]["hooks"]} <= {hook["id"] for hook in hooks}
    assert all(f"`{hook['id']}`" in page for hook in hooks)
    *_, ours = workflow["jobs"]["quickfix"]["steps"]
    assert "quickfix-ls" in ours["uses"]
    assert set(ours["with"]) <= set(ACTION["inputs"])
