"""Programs run on their tests: what passes, what fails and how, and what a program can't do."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.training.behaviour import behaviour_of
from quickfix_ls.training.execution import Limits, ProgramTests, Run, run_tests
from quickfix_ls.training.rows import Behaviour, Row

QUICK = Limits(seconds=1, wall=20.0, bytes=1 << 28)


def run(text: str, *calls: dict[str, Any], entry: str = "", setup: str = "") -> Run:
    return run_tests(text, ProgramTests(json.dumps(calls), entry, setup), QUICK)


def test_all_values_must_be_right() -> None:
    text = "def double(x):\n    return 2 * x\n"
    right, wrong = {"call": "double(2)", "expect": "4"}, {"call": "double(3)", "expect": "5"}
    assert run(text, right).status == "passed"
    mixed = run(text, right, wrong)
    assert (mixed.status, [call.right for call in mixed.calls]) == ("failed", [True, False])


def test_setup_runs_first_and_each_test_gets_the_program_anew() -> None:
    text = "seen = list(start)\ndef add(x):\n    seen.append(x)\n    return seen\n"
    call = {"call": "add(2)", "expect": "[1, 2]"}
    assert run(text, call, call, setup="start = [1]").status == "passed"


@pytest.mark.parametrize(
    ("text", "arguments", "expect"),
    [
        ("class S:\n    def f(self, a: List[int]) -> int:\n        return sum(a)\n", [[1, 2]], 3),
        ("class S:\n    def f(self, a: List[int]) -> None:\n        a.sort()\n", [[2, 1]], [1, 2]),
        ("class S:\n    def f(self, a) -> tuple:\n        return 1 / 3, a\n", [None], [0.333333, None]),
        (
            "class S:\n    def f(self, a: Optional[ListNode]) -> Optional[ListNode]:\n        return a.next\n",
            [[1, 2, 3]],
            [2, 3],
        ),
        (
            "class S:\n    def f(self, a: TreeNode) -> TreeNode:\n        a.left, a.right = a.right, a.left\n"
            "        return a\n",
            [[1, 2, 3, None, 4]],
            [1, 3, 2, None, None, None, 4],
        ),
    ],
)
def test_a_method_gets_values_as_its_parameters_want_them(text: str, arguments: list[Any], expect: Any) -> None:
    assert run(text, {"args": arguments, "expect": expect}, entry="S.f").status == "passed"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("def f(:\n", "SyntaxError"),
        ("undefined\n", "NameError"),
        ("raise SystemExit(3)\n", "SystemExit"),
        ("def f():\n    return f()\nf()\n", "RecursionError"),
        ("x = ' ' * (1 << 40)\n", "MemoryError"),
        ("open('made', 'w')\n", "PermissionError"),
        ("import socket\nsocket.socket()\n", "PermissionError"),
        ("import subprocess\nsubprocess.run(['true'])\n", "PermissionError"),
        ("import os\nos.fork()\n", "PermissionError"),
        ("import os\nos.remove('made')\n", "PermissionError"),
        ("import quickfix_ls\n", "ModuleNotFoundError"),
    ],
)
def test_an_error_is_named(text: str, error: str) -> None:
    found = run(text, {"call": "1", "expect": "1"})
    assert (found.status, found.error) == ("error", error)
    assert found.raises(error, found.message)
    assert not found.raises(error, "something else")


@pytest.mark.parametrize("text", ["while True:\n    pass\n", "import time\nwhile True:\n    time.sleep(0.01)\n"])
def test_what_does_not_end_is_ended(text: str) -> None:
    limits = Limits(seconds=1, wall=1.5)
    assert run_tests(text, ProgramTests('[{"call": "1", "expect": "1"}]'), limits).status == "timeout"


def test_an_interpreter_that_dies_is_an_error_of_the_program() -> None:
    found = run("import os, sys\nsys.stdout.write('x' * 100_000)\nos._exit(7)\n", {"call": "1", "expect": "1"})
    assert (found.status, found.error, found.message) == ("error", "Crash", "exit code 7")


def test_what_a_program_prints_and_reads_does_not_matter() -> None:
    text = "print('[]')\nimport sys\ntext = sys.stdin.read()\n"
    assert run(text, {"call": "text", "expect": "''"}).status == "passed"


def test_a_program_sees_an_empty_folder_and_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_TEST", "1")
    text = "import os\nseen = os.listdir('.'), 'SECRET_OF_THE_TEST' in os.environ\n"
    assert run(text, {"call": "seen", "expect": "([], False)"}).status == "passed"


def test_nothing_reaches_a_server_on_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        text = f"import socket\nsocket.create_connection(('127.0.0.1', {server.getsockname()[1]}))\n"
        assert run(text, {"call": "1", "expect": "1"}).status == "error"
        with pytest.raises(BlockingIOError):
            server.accept()


def row(broken: str, fixed: str, expect: str = "4") -> Row:
    tests = ProgramTests(json.dumps([{"call": "f(2)", "expect": expect}]))
    return Row("one", "name", broken, fixed, "name 'y' is not defined", 2, 1, "one", tests, "NameError")


def test_a_repair_may_be_right_without_being_the_humans() -> None:
    one = row("def f(x):\n    return y + x\n", "def f(x):\n    return x + x\n")
    assert behaviour_of(one, "def f(x):\n    return 2 * x\n") == Behaviour(error_gone=True, tests_pass=True)
    assert behaviour_of(one, "def f(x):\n    return x\n") == Behaviour(error_gone=True, tests_pass=False)
    assert behaviour_of(one, one.broken) == Behaviour(error_gone=False, tests_pass=False)
    assert behaviour_of(one, "def f(x)\n") == Behaviour(error_gone=False, tests_pass=False)
    assert behaviour_of(one, None) == Behaviour(error_gone=False, tests_pass=False)


def test_tests_judge_nothing_that_the_humans_text_fails() -> None:
    one = row("def f(x):\n    return y\n", "def f(x):\n    return x\n", expect="5")
    assert behaviour_of(one, "def f(x):\n    return x\n") == Behaviour(error_gone=True, tests_pass=None)


def test_a_row_without_tests_is_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    text = f"open({str(mark)!r}, 'w')\n"
    assert behaviour_of(Row("one", "syntax", text, text, "", 1, 1), text) is None
    assert not mark.exists()
