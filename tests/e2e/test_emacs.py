"""A person with Emacs, by eglot and by lsp-mode: C-c a, return, C-x C-s, undo, in a real terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from tests.e2e.acceptance import CASES, Case, Editor
from tests.e2e.driving import Terminal, environment, on_path, unpacked, version_of, written
from tests.editor_results import RecordCase
from tests.kit import REPOSITORY

CONFIGURATIONS = REPOSITORY / "editors" / "emacs"
# Compiling in the background takes the processor from the server, and asking for a project's root stops the test.
FOR_TESTS = """
(setq native-comp-jit-compilation nil native-comp-deferred-compilation nil)
(setq native-comp-async-report-warnings-errors 'silent)
(setq inhibit-startup-screen t make-backup-files nil auto-save-default nil)
(setq lsp-auto-guess-root t lsp-enable-snippet nil lsp-warn-no-matched-clients nil lsp-log-io nil)
"""
EGLOT_HAS_ONE = "eglot talks to one server a buffer"
LSP_MODE_ASKS_ALL = "lsp-mode 8.0 has every server resolve a fix, and takes none where two of them answer"


@dataclass(frozen=True)
class Emacs:
    """An Emacs with a client, what its screen shows when our server is ready, and why no second server runs beside."""

    name: str
    command: Sequence[str] | None
    configuration: str
    connected: str
    one_server: str


SYSTEM, NEWER = on_path("emacs"), unpacked("emacs", "usr/bin/emacs-nox")
CONNECTED = "[eglot] Connected!"
EMACSES = {
    "eglot": Emacs("Emacs, eglot", NEWER, "quickfix-ls-eglot.el", CONNECTED, EGLOT_HAS_ONE),
    "older eglot": Emacs("Emacs before 29, eglot of ELPA", SYSTEM, "quickfix-ls-eglot.el", CONNECTED, EGLOT_HAS_ONE),
    "lsp-mode": Emacs(
        "Emacs, lsp-mode",
        SYSTEM,
        "quickfix-ls-lsp-mode.el",
        # How many diagnostics of servers are counted: the names of servers stand there before they are ready.
        connected=") 1 ",
        one_server=LSP_MODE_ASKS_ALL,
    ),
}

pytestmark = [
    pytest.mark.editors,
    pytest.mark.skipif(on_path("tmux") is None, reason="no tmux: editors/emacs/install-for-tests.sh installs it"),
]


@pytest.mark.parametrize("which", EMACSES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_open_ask_apply_save_undo(tmp_path: Path, record_case: RecordCase, which: str, case: Case) -> None:
    emacs = EMACSES[which]
    if emacs.command is None:
        pytest.skip("no such Emacs: editors/emacs/install-for-tests.sh installs it")
    record_case(Editor(emacs.name, version_of(emacs.command), "emacs"), case.name)
    if case.beside_another_server:
        pytest.skip(emacs.one_server)
    file = written(tmp_path, case)
    variables = environment(tmp_path / "home")
    write_init(Path(variables["HOME"]), (CONFIGURATIONS / emacs.configuration).read_text())
    variables, options = beside_the_system(Path(emacs.command[0]).parent, variables)
    command = [*emacs.command, *options, "-nw", f"+{case.line + 1}:{case.column + 1}", str(file)]
    with Terminal(tmp_path, command, variables) as terminal:
        terminal.until(emacs.connected)
        terminal.keys("C-c", "a")
        answer(terminal, case)
        terminal.keys("C-x", "C-s")
        terminal.until_bytes(file, case.after)
        terminal.keys("C-_")
        terminal.keys("C-x", "C-s")
        terminal.until_bytes(file, case.before)


def answer(terminal: Terminal, case: Case) -> None:
    """Take the default of eglot's question, which is the first fix. lsp-mode's has none, so the fix is taken by its
    title there; where there is one fix alone, lsp-mode does not ask."""
    before, after = (text.decode().splitlines() for text in (case.before, case.after))
    changed = next(line for line in after if line not in before).strip()

    def is_changed(screen: str) -> bool:
        # Emacs 30 has signs of errors in the margin.
        return any(line.strip("! ") == changed for line in screen.splitlines())

    screen = terminal.until(lambda screen: "ction" in screen.rstrip().splitlines()[-1] or is_changed(screen))
    if is_changed(screen):
        return
    if "default" not in screen:
        # A space alone would complete the word before it.
        terminal.keys(*chain.from_iterable(["C-q", "Space"] if char == " " else char for char in case.title))
    terminal.keys("Enter")
    terminal.until(is_changed)


def write_init(home: Path, text: str) -> None:
    folder = home / ".emacs.d"
    folder.mkdir()
    (folder / "early-init.el").write_text(FOR_TESTS)
    (folder / "init.el").write_text(text)


def beside_the_system(root: Path, variables: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The variables and options by which an Emacs unpacked into `root` finds its files; nothing for the system's."""
    images = list(root.glob("usr/libexec/emacs/*/*/emacs-*.pdmp"))
    if not images:
        return dict(variables), []
    programs, version = images[0].parent, images[0].parent.parent.name
    shared = root / "usr/share/emacs" / version
    places = {"EMACSLOADPATH": f"{shared}/lisp", "EMACSDATA": f"{shared}/etc", "EMACSDOC": f"{shared}/etc"}
    return {**variables, **places, "EMACSPATH": str(programs)}, [f"--dump-file={images[0]}"]
