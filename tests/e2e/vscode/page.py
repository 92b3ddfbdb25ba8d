"""A browser page, driven from Python: keys go in, what is seen comes out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.vscode.installed import Installed

BOUND = 90_000
"""Milliseconds after which a wait is a failure."""


class Page:
    """One page of Chromium. Errors of the browser, among them waits in vain, are raised as RuntimeError."""

    def __init__(self, process: subprocess.Popen[str], error: Path) -> None:
        self._process = process
        self._error = error

    def _ask(self, *command: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "the browser has ended"}')
        if "error" in answer:
            raise RuntimeError(f"{command[0]} {command[1:3]}: {answer['error']}")
        return answer["value"]

    def goto(self, url: str) -> None:
        self._ask("goto", url)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as `Control+.`."""
        for key in keys:
            self._ask("press", key)

    def type(self, text: str, pace: int = 0) -> None:
        """Type, with `pace` milliseconds from key to key."""
        self._ask("type", text, pace)

    def sequence(self, *steps: str | int) -> None:
        """Press keys, and wait as many milliseconds as the numbers between them say."""
        self._ask("sequence", steps)

    def click(self, selector: str, **options: object) -> None:
        self._ask("click", selector, options)

    def hover(self, selector: str) -> None:
        self._ask("hover", selector)

    def run(self, function: str, argument: object = None) -> Any:
        """Call a JavaScript function in the page, with one JSON argument; returns what it returns."""
        return self._ask("run", function, argument)

    def until(self, function: str, argument: object = None, bound: int = BOUND) -> Any:
        """Wait until a JavaScript function says something true, and return that."""
        return self._ask("until", function, argument, bound)

    def picture(self, path: Path, clip: dict[str, int] | None = None) -> None:
        """Write a PNG of the page, or of a rectangle of it."""
        self._ask("picture", str(path), clip)

    def picture_of_error(self) -> Path:
        """Take a picture of a page that is not as it should be."""
        self.picture(self._error)
        return self._error

    def size(self, width: int, height: int) -> None:
        self._ask("size", width, height)


@contextmanager
def open_page(programs: Installed, pictures: Path) -> Iterator[Page]:
    """A fresh browser with one empty page, which leaves a picture of an error in the folder `pictures`."""
    driver = Path(__file__).with_name("driver.mjs")
    command = [str(programs.node), str(driver), str(programs.playwright), str(programs.chromium)]
    command.append(str(pictures / "error.png"))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Page(process, pictures / "error.png")
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
