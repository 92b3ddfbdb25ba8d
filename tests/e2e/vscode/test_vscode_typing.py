"""Correct code, typed at the pace of a person, is never underlined."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.vscode.about import editor
from tests.e2e.vscode.window import Window
from tests.editor_results import RecordCase

LOOP = "for name in names:\n    if name:\n        print(name*2)\n"
"""54 keys."""

PACE = 90
"""Milliseconds from key to key."""

WATCH = """() => {
    window.underlined = [];
    let keys = 0;
    const look = () => {
        const squiggles = document.querySelectorAll('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning');
        if (keys > 0 && squiggles.length > 0) window.underlined[keys - 1] = true;
        window.watching = requestAnimationFrame(look);
    };
    window.addEventListener('keydown', () => { keys += 1; }, true);
    look();
}"""
"""Look at every frame whether something is underlined, and count that for the last key before it."""


def test_no_squiggle_while_correct_code_is_typed(window: Window, folder: Path, record_case: RecordCase) -> None:
    record_case(editor(), "no squiggle while correct code is typed, 54 keys at 90 ms")
    file = folder / "typed.py"
    file.write_text('names = ["ada"]\n\n')
    window.open(file, 2)
    window.page.run(WATCH)
    window.page.type(LOOP, PACE)
    window.page.run("() => cancelAnimationFrame(window.watching)")
    seen = window.page.run("() => window.underlined.filter(Boolean).length")
    assert window.text().endswith(LOOP)
    assert seen == 0
    window.page.type("(")
    window.squiggle()
