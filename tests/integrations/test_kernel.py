"""The extension of IPython in a real Jupyter kernel: the fix under an error, and `%fix`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.kit import REPOSITORY

manager = pytest.importorskip("jupyter_client.manager", reason="a kernel needs the extra `jupyter`")
pytest.importorskip("ipykernel", reason="a kernel needs the extra `jupyter`")

_SECONDS = 60


class Kernel:
    """A kernel with the extension loaded; `run` gives what a cell printed, and what it proposes as the next cell."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, code: str) -> tuple[str, str, str]:
        """Run a cell; return its streams' text, its error's name, and the next input that it sets."""
        printed, failed = "", ""

        def output(message: dict[str, Any]) -> None:
            nonlocal printed, failed
            content = message["content"]
            if message["msg_type"] == "stream":
                printed += content["text"]
            elif message["msg_type"] in ("display_data", "execute_result"):
                printed += content["data"].get("text/plain", "")
            elif message["msg_type"] == "error":
                failed = content["ename"]

        reply = self._client.execute_interactive(code, output_hook=output, timeout=_SECONDS, allow_stdin=False)
        next_inputs = [
            item["text"] for item in reply["content"].get("payload", ()) if item["source"] == "set_next_input"
        ]
        return printed, failed, next_inputs[-1] if next_inputs else ""


@pytest.fixture(scope="module")
def started() -> Iterator[Any]:
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])}
    kernels, client = manager.start_new_kernel(startup_timeout=_SECONDS, kernel_name="python3", env=variables)
    try:
        yield client
    finally:
        client.stop_channels()
        kernels.shutdown_kernel(now=True)


@pytest.fixture
def kernel(started: Any) -> Kernel:
    """Give a kernel whose history is empty."""
    found = Kernel(started)
    found.run("%reset -f in out")
    printed, failed, _ = found.run("%reload_ext quickfix_ls" if found.run("%fix")[1] == "" else "%load_ext quickfix_ls")
    assert failed == "", printed
    return found


def test_fix_is_under_the_error_and_the_corrected_cell_runs(kernel: Kernel) -> None:
    kernel.run("price = 3")
    printed, failed, _ = kernel.run("print(pric)")
    assert failed == "NameError"
    assert "+print(price)" in printed
    assert kernel.run("%fix")[2] == "print(price)"
    assert kernel.run("print(price)")[:2] == ("3\n", "")


def test_explained(kernel: Kernel) -> None:
    kernel.run("prices = [1]")
    kernel.run("prices.apend(2)")
    printed, failed, following = kernel.run("%fix --explain")
    assert failed == ""
    assert following == "prices.append(2)"
    assert "% sure" in printed


def test_cause_in_an_earlier_cell(kernel: Kernel) -> None:
    """The misspelt name stands in the function's cell, not in the one that calls it."""
    kernel.run("def total(amounts):\n    return sum(amonts)")
    printed, failed, _ = kernel.run("total([1, 2])")
    assert failed == "NameError"
    assert "in cell [" in printed
    assert kernel.run("%fix")[2] == "def total(amounts):\n    return sum(amounts)"


def test_cell_with_magics(kernel: Kernel) -> None:
    printed, failed, _ = kernel.run("%matplotlib --list\nlabel = 'x'\nprint(labl)")
    assert failed == "NameError"
    assert "+print(label)" in printed


def test_syntax_error(kernel: Kernel) -> None:
    printed, failed, _ = kernel.run("for i in range(3)\n    print(i)")
    assert failed == "SyntaxError"
    assert "+for i in range(3):" in printed


def test_error_without_a_known_fix_is_left_alone(kernel: Kernel) -> None:
    assert kernel.run("raise RuntimeError('boom')") == ("", "RuntimeError", "")
    printed, failed, following = kernel.run("%fix")
    assert (failed, following) == ("", "")
    assert "no fix" in printed


def test_interrupt_and_exit_are_left_alone(kernel: Kernel) -> None:
    assert kernel.run("raise KeyboardInterrupt")[0] == ""


def test_objects_of_the_user_are_not_called(kernel: Kernel) -> None:
    kernel.run(
        "class Loud:\n    def __repr__(self): print('called'); return ''\n"
        "    def __eq__(self, other): print('called'); return True\n    def __bool__(self): print('called')\n"
        "loud = Loud()"
    )
    printed, failed, _ = kernel.run("print(lod)")
    assert failed == "NameError"
    assert "called" not in printed
