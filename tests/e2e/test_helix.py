"""A person with Helix: space-a, enter, `:w`, `u`, in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.acceptance import CASES, Case, Editor
from tests.e2e.driving import Terminal, environment, on_path, unpacked, version_of, written
from tests.editor_results import RecordCase
from tests.kit import REPOSITORY

HELIX = unpacked("helix", "usr/bin/hx") or on_path("hx")

pytestmark = [
    pytest.mark.editors,
    pytest.mark.skipif(
        HELIX is None or on_path("tmux") is None, reason="no Helix: editors/helix/install-for-tests.sh installs it"
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_open_ask_apply_save_undo(tmp_path: Path, record_case: RecordCase, case: Case) -> None:
    assert HELIX is not None
    record_case(Editor("Helix", version_of(HELIX), "helix"), case.name)
    file = written(tmp_path, case)
    variables = environment(tmp_path / "home")
    configuration = Path(variables["XDG_CONFIG_HOME"]) / "helix" / "languages.toml"
    configuration.parent.mkdir(parents=True)
    text = (REPOSITORY / "editors" / "helix" / "languages.toml").read_text()
    configuration.write_text(text if case.beside_another_server else text.replace(', "ruff"', ""))
    runtime = Path(HELIX[0]).parent / "usr/lib/hx/runtime"
    if runtime.exists():
        variables["HELIX_RUNTIME"] = str(runtime)
    command = [*HELIX, f"{file}:{case.line + 1}:{case.column + 1}"]
    with Terminal(tmp_path, command, variables) as terminal:
        # How many diagnostics the statusline counts: one of ours, and one of the other server's.
        terminal.until("● 2 " if case.beside_another_server else "● 1 ")
        terminal.keys("Space", "a")
        choose(terminal, case.title)
        terminal.keys("Enter")
        save(terminal)
        terminal.until_bytes(file, case.after)
        terminal.keys("u")
        save(terminal)
        terminal.until_bytes(file, case.before)


def choose(terminal: Terminal, title: str) -> None:
    """Go down to our fix, where ruff's entries are above it: Helix puts first what was answered first."""
    screen = terminal.until(title)
    menu = [line for line in screen.splitlines() if title in line or "Ruff (" in line]
    for _ in range(next(place for place, line in enumerate(menu) if title in line)):
        terminal.keys("Down")


def save(terminal: Terminal) -> None:
    terminal.type(":w")
    terminal.keys("Enter")
