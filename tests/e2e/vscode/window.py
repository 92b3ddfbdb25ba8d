"""A window of VS Code: what a person does with keys, and what there is to see.

Keys go through the browser. Setting up (which file is open, where the cursor is) and looking at the document go
through the extension `eyes`, which changes nothing by itself.
"""

from __future__ import annotations

import contextlib
import json
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.vscode.code_server import CodeServer
from tests.e2e.vscode.page import BOUND, Page

ROWS = ".action-widget .monaco-list-row.action"
"""The entries of the quick-fix menu."""

FOCUSED = """(path) => {
    const uri = document.activeElement?.closest('.monaco-editor')?.dataset.uri;
    return uri !== undefined && decodeURIComponent(uri).endsWith(path);
}"""
"""Whether the keyboard is in an editor of the document with this path."""

NOTHING = ".monaco-editor-overlaymessage"
"""Where VS Code says that there are no code actions."""

SOON = 10.0
"""Seconds after which a window that shows no folder won't show one any more."""

AGAIN = 4000
"""Milliseconds after which a person presses a key again."""

LIGHTBULB = """() => {
    const bulb = document.querySelector('.monaco-editor .lightBulbWidget')?.getBoundingClientRect();
    const line = document.querySelector('.monaco-editor.focused .current-line')?.getBoundingClientRect();
    return bulb && line && bulb.height > 0 && Math.abs(bulb.top - line.top) < 2 * bulb.height;
}"""
"""Whether the lightbulb is shown in the cursor's line, or the one above or below it."""


class Window:
    """One window on a folder or a .code-workspace file."""

    def __init__(self, page: Page, server: CodeServer, port_file: Path) -> None:
        self.page = page
        self.server = server
        self._port_file = port_file

    def show(self, place: Path) -> None:
        """Open a folder or a workspace file in the page, and wait until VS Code is there. As a person does, load the
        page again if it shows no folder: on a busy machine a workspace file was opened without its folders."""
        kind = "folder" if place.is_dir() else "workspace"
        for last in (False, True):
            self._port_file.unlink(missing_ok=True)
            self.page.goto(f"{self.server.url}/?{kind}={place}")
            self.page.until("() => document.querySelector('.monaco-workbench') !== null")
            self.wait("the extension host", lambda: self._port_file.exists() and self._port_file.read_text())
            try:
                self.wait("the folders", lambda: self.inside("return vscode.workspace.workspaceFolders?.length"), SOON)
                return
            except TimeoutError:
                if last:
                    raise

    def wait(self, what: str, condition: Callable[[], Any], bound: float = BOUND / 1000) -> Any:
        """Ask until the answer is true, at most `bound` seconds; returns it."""
        late = time.monotonic() + bound
        while not (answer := condition()):
            if time.monotonic() > late:
                raise TimeoutError(f"waited in vain for {what}; the page then: {self.page.picture_of_error()}")
            time.sleep(0.03)
        return answer

    def inside(self, source: str, argument: object = None) -> Any:
        """The value of an async function's body in the extension host; it sees `vscode` and `argument`."""
        body = json.dumps({"source": source, "argument": argument}).encode()
        url = f"http://127.0.0.1:{self._port_file.read_text()}/"
        with urllib.request.urlopen(url, body, timeout=BOUND / 1000) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def command(self, name: str, *arguments: object) -> Any:
        """Run a command of VS Code's."""
        source = "return await vscode.commands.executeCommand(argument[0], ...argument[1])"
        return self.inside(source, [name, arguments])

    # Documents

    def open(self, file: Path, line: int = 0, column: int = 0) -> None:
        """Show a file with the cursor at a place (from 0, in UTF-16 units), and the keyboard in it."""
        self.inside(
            """const document = await vscode.workspace.openTextDocument(argument.file);
            const at = new vscode.Position(argument.line, argument.column);
            await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });""",
            {"file": str(file), "line": line, "column": column},
        )
        self.focus(str(file))

    def focus(self, path: str = "") -> None:
        """Put the keyboard into the active editor, and wait until it is there, in the document with this path."""
        self.command("workbench.action.focusActiveEditorGroup")
        self.page.until(FOCUSED, path)

    def place(self, line: int, column: int) -> None:
        """Put the cursor somewhere else (from 0, in UTF-16 units)."""
        self.inside(
            """const at = new vscode.Position(...argument), editor = vscode.window.activeTextEditor;
            if (editor.selection.active.isEqual(at)) return;
            const moved = new Promise((done) => vscode.window.onDidChangeTextEditorSelection(done));
            editor.selection = new vscode.Selection(at, at);
            editor.revealRange(editor.selection);
            await moved;""",
            [line, column],
        )

    def text(self) -> str:
        """The text of the active editor's document."""
        return str(self.inside("return vscode.window.activeTextEditor.document.getText()"))

    def changed(self, before: str, bound: float = BOUND / 1000) -> str:
        """Wait until the text is another one, and return that."""
        self.wait("a change of the text", lambda: self.text() != before, bound)
        return self.text()

    def save(self) -> None:
        """Save with the key, and wait until it is done."""
        self.page.press("Control+s")
        dirty = "return vscode.window.activeTextEditor.document.isDirty"
        self.wait("the file to be saved", lambda: not self.inside(dirty))

    def close_all(self) -> None:
        """Close every editor, without saving."""
        self.page.press("Escape")
        dirty = "return vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.isDirty))"
        while self.inside(dirty):
            self.command("workbench.action.revertAndCloseActiveEditor")
        self.command("workbench.action.closeAllEditors")

    # What there is to see

    def diagnostics(self, source: str | None = None) -> list[dict[str, Any]]:
        """What is reported in the active document, by all or by one source."""
        found = self.inside(
            """const uri = vscode.window.activeTextEditor.document.uri;
            return vscode.languages.getDiagnostics(uri).map((d) => ({ message: d.message, source: d.source ?? "",
              severity: d.severity, line: d.range.start.line, column: d.range.start.character,
              end: d.range.end.character, code: d.code?.value ?? d.code ?? null }))"""
        )
        return [each for each in found if source is None or each["source"] == source]

    def actions(self, line: int, column: int) -> list[str]:
        """The titles of what all servers offer at a place of the active document (from 0, in UTF-16 units)."""
        source = """const at = new vscode.Position(...argument);
        const uri = vscode.window.activeTextEditor.document.uri, range = new vscode.Range(at, at);
        const found = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range);
        return found.map((action) => action.title);"""
        return [str(title) for title in self.inside(source, [line, column])]

    def squiggle(self) -> None:
        """Wait until an error is underlined."""
        self.page.until("() => document.querySelector('.monaco-editor .squiggly-error') !== null")

    def appears(self, selector: str, bound: float) -> bool:
        """Whether an element is there within `bound` seconds."""
        try:
            self.page.until(f"() => document.querySelector({selector!r}) !== null", bound=int(bound * 1000))
        except RuntimeError:
            return False
        return True

    def lightbulb(self) -> None:
        """Wait a while for the lightbulb at the cursor; with an open menu before, it doesn't come again."""
        with contextlib.suppress(RuntimeError):
            self.page.until(LIGHTBULB, bound=AGAIN)

    def menu(self) -> list[str]:
        """Open the quick-fix menu with its key; returns its entries, top down. As a person does, press again if nothing
        is seen: VS Code drops the request of a key if the diagnostics change before it is answered."""
        self.lightbulb()
        for _ in range(3):
            self.page.press("Control+.")
            with contextlib.suppress(RuntimeError):
                self.page.until(f"() => document.querySelector('{ROWS}, {NOTHING}') !== null", bound=AGAIN)
                break
        return self.entries()

    def entries(self) -> list[str]:
        """The entries of the open menu, top down."""
        rows = f"""() => [...document.querySelectorAll({ROWS!r})]
            .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
            .map((row) => row.querySelector('.title')?.textContent ?? row.textContent)"""
        return [str(entry) for entry in self.page.run(rows)]

    def choose(self, title: str) -> None:
        """Click on the entry of the open menu that starts with a title."""
        self.page.click(f'{ROWS}:has-text("{title}")')
