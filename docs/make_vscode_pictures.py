"""Make the pictures of VS Code in docs/pictures, of what a real window shows.

Usage: python docs/make_vscode_pictures.py   (from the root of the repository, with a .vsix in editors/vscode/dist and
what editors/vscode/install-for-tests.sh installs)
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.e2e.vscode.installed import FOUND, INSTALL
from tests.e2e.vscode.started import Started, started
from tests.e2e.vscode.test_vscode_notebook import notebook, show_cell
from tests.e2e.vscode.window import Window

PICTURES = Path("docs/pictures")
WIDTH, HEIGHT = 860, 400
COLORS = 64
"""Of a palette: pictures of an editor need no more, and take a third of the bytes."""

GREET = """import json


def greet(visitor):
    message = "Hello, " + vistor
    return message


def load(path)
    return json.loads(path.read_text())
"""
CELLS = ("import math\nradius = 3", "area = math.pi * raduis ** 2\nprint(area)")
LOOKS = {
    "editor.minimap.enabled": False,
    "editor.fontSize": 15,
    "editor.stickyScroll.enabled": False,
    "workbench.activityBar.location": "hidden",
    "breadcrumbs.enabled": False,
    "window.commandCenter": False,
    "workbench.layoutControl.enabled": False,
}


def main() -> None:
    if FOUND is None:
        sys.exit(f"no code-server: {INSTALL} installs it")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, started(FOUND, Path(folder), user=LOOKS) as one:
        one.window.page.size(WIDTH, HEIGHT)
        one.window.command("workbench.action.closeSidebar")
        lightbulb(one)
        status(one.window)
        preview(one.window)
        cell(one)


def lightbulb(one: Started) -> None:
    """The menu with the fix."""
    file = one.folder / "greet.py"
    file.write_text(GREET)
    one.window.open(file, 4, 28)
    one.window.squiggle()
    one.window.menu()
    keep(one.window, "vscode-fix")


def status(window: Window) -> None:
    """The status item, opened."""
    window.page.press("Escape")
    window.page.click('[id="status.languageStatus"]')
    window.page.until("() => document.querySelector('.hover-language-status') !== null")
    keep(window, "vscode-status")
    window.page.press("Escape")


def preview(window: Window) -> None:
    """The first fix as a diff."""
    window.focus()
    window.place(4, 27)
    window.menu()
    window.choose("Preview the change")
    window.page.until("() => document.querySelector('.monaco-diff-editor .char-insert') !== null")
    keep(window, "vscode-preview")


def cell(one: Started) -> None:
    """The menu in a notebook's cell."""
    one.window.close_all()
    file = one.folder / "circle.ipynb"
    file.write_text(json.dumps(notebook(CELLS)))
    show_cell(one.window, file, 1)
    one.window.page.sequence("Control+Home", *["ArrowRight"] * 18)
    one.window.squiggle()
    one.window.menu()
    keep(one.window, "vscode-notebook")


def keep(window: Window, name: str) -> None:
    """Write the picture of the window with few colors."""
    file = PICTURES / f"{name}.png"
    window.page.picture(file)
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    print(f"{file}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
