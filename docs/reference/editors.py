"""The editors that have a folder in editors/ (in examples/, if they run in a browser), and how each asks for fixes."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

EDITORS = {
    "vscode": ("VS Code", "VS Code, VSCodium, Cursor", "`Ctrl+.`"),
    "neovim": ("Neovim", "Neovim", "`gra` in 0.11 or newer"),
    "vim": ("Vim", "Vim", "`:ALECodeAction` with ALE"),
    "helix": ("Helix", "Helix", "`space a`"),
    "emacs": ("Emacs", "Emacs", "`M-x eglot-code-actions`"),
    "jetbrains": ("JetBrains", "PyCharm and other JetBrains IDEs, with LSP4IJ", "`Alt+Enter`"),
    "sublime": ("Sublime Text", "Sublime Text, with the package LSP", "`Ctrl+.`"),
    "zed": ("Zed", "Zed", "`Ctrl+.`"),
    "kate": ("Kate", "Kate", "*Quick Fix* in its LSP menu"),
    "kakoune": ("Kakoune", "Kakoune, with kakoune-lsp", "`:lsp-code-actions`"),
    "monaco": ("Monaco", "Monaco, in a browser", "`Ctrl+.`"),
}
"""The short name of each folder's editor, the name with its relatives, and how it asks for fixes. The order is that of
the site; a folder that is not here comes last, under its own name."""


def readmes() -> dict[str, str]:
    """Return the README of each editor by its folder, as a path in the repository, in the order of the site."""
    found = [*ROOT.glob("editors/*/README.md"), *ROOT.glob("examples/*/README.md")]
    paths = {path.parent.name: path.relative_to(ROOT).as_posix() for path in sorted(found)}
    return {name: paths[name] for name in [*(name for name in EDITORS if name in paths), *paths]}


def made() -> str:
    """Return a table of the editors, with links to how each is set up."""
    rows = ["| editor | ask for fixes by | set up |", "|---|---|---|"]
    for name, readme in readmes().items():
        _, title, key = EDITORS.get(name, ("", name.capitalize(), ""))
        rows.append(f"| {title} | {key} | [how](../{readme}) |")
    matrix = "\n[What works where](editors.md) has the cases that each editor was run with."
    return "\n".join([*rows, *([matrix] if (ROOT / "docs" / "editors.md").exists() else [])])
