"""A person at the page of examples/monaco, in Chromium: takes the fix from the menu or the panel, undoes, reloads."""

from __future__ import annotations

import json
import re
import socket
import subprocess
from collections.abc import Iterator

import pytest

from tests.e2e.acceptance import CASES, Case, Editor
from tests.editor_results import RecordCase
from tests.kit import BOUND, REPOSITORY
from tests.kit_monaco import CHROMIUM, IS_READY, PAGE, Page, served_page

PYLSP = PAGE / ".venv" / "bin" / "pylsp"

pytestmark = [
    pytest.mark.editors,
    pytest.mark.slow,
    pytest.mark.skipif(
        not IS_READY, reason="no Chromium, or the page is not built: examples/monaco/install-for-tests.sh does both"
    ),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with served_page() as served:
        yield served


@pytest.fixture
def pylsp() -> Iterator[str]:
    """The address of another language server over WebSocket, which reports undefined names by pyflakes."""
    if not PYLSP.exists():
        pytest.skip("no pylsp: examples/monaco/install-for-tests.sh installs it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(PYLSP), "--ws", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        yield f"ws://127.0.0.1:{port}"
        server.terminate()


def editor() -> Editor:
    package = json.loads((PAGE / "node_modules" / "monaco-editor" / "package.json").read_text(encoding="utf-8"))
    told = subprocess.run(
        [str(CHROMIUM), "--version"], capture_output=True, text=True, timeout=BOUND, check=True
    ).stdout
    chromium = re.search(r"\d+", told)
    assert chromium is not None
    return Editor("Monaco", f"{package['version']} in Chromium {chromium[0]}", "../examples/monaco")


def utf16_column(case: Case) -> int:
    """The case's column as browsers count."""
    line = case.before.decode().split("\n")[case.line]
    return len(line[: case.column].encode("utf-16-le")) // 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_open_ask_apply_undo(record_case: RecordCase, request: pytest.FixtureRequest, page: Page, case: Case) -> None:
    record_case(editor(), case.name)
    if case.other_files:
        pytest.skip("the page has no files beside the one that is open")
    beside = request.getfixturevalue("pylsp") if case.beside_another_server else None
    seen = page.visit("fix", text=case.before.decode(), line=case.line, column=utf16_column(case), beside=beside)
    assert seen["fixed"].encode() == case.after
    assert seen["undone"].encode() == case.before


def test_line_ends_that_were_switched_are_kept(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "line ends switched to CRLF, then a fix")
    broken = "total = 3\nprint(totl)\n"
    seen = page.visit("fix", text=broken, line=1, column=6, lineEnds="CRLF")
    assert seen["fixed"] == "total = 3\r\nprint(total)\r\n"
    assert seen["undone"] == "total = 3\r\nprint(totl)\r\n"


def test_the_panel_says_what_was_checked_and_applies_the_fix(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "the fix with its checks and probability in a panel")
    seen = page.visit("example", name="missing_colon.py")
    assert seen["title"] == "Add : after items()"
    assert "the error is gone" in seen["checks"]
    assert re.fullmatch(r"\d\d % likely what you meant", seen["probability"])
    assert seen["fixed"] == seen["before"].replace("DIAMETERS.items()\n", "DIAMETERS.items():\n")
    assert seen["applied"] == seen["title"]
    assert seen["undone"] == seen["before"]


def test_a_reload_has_a_new_session_and_leaves_none_behind(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "ten reloads, with eight sessions at most")
    assert page.visit("reloads", times=10) == {"sessions": 1}


def test_each_tab_has_a_session(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "two tabs with different texts of one name")
    seen = page.visit("tabs", texts=["def f(x:\n    return x\n", "def g(y:\n    return y\n"])
    assert ["f(x)" in seen["titles"][0], "g(y)" in seen["titles"][1]] == [True, True]
    assert seen["sessions"] == 2


def test_a_session_that_was_killed_is_replaced(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "the server of a session killed, text changed meanwhile")
    assert page.visit("killed") == {"title": "Replace = with =="}


def test_a_fix_of_an_older_text_is_never_applied(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "the text changes while the chosen fix is under way: no edit")
    broken, inserted = "total = 3\nprint(totl)\n", "# é 😀\n\n"
    seen = page.visit("stale", text=broken, line=1, column=6, inserted=inserted)
    assert seen["text"] == inserted + broken


def test_what_is_typed_into_the_empty_file_gets_fixes(record_case: RecordCase, page: Page) -> None:
    record_case(editor(), "code typed into an empty file")
    seen = page.visit("yourOwn", typed="numbers = [3, 1, 2]\nprint(max(nmbers))\n")
    assert seen["titles"][0] == "Replace nmbers with numbers"


def test_the_page_is_built_from_this_source() -> None:
    newest = max(path.stat().st_mtime for path in (*(PAGE / "src").iterdir(), PAGE / "build.mjs"))
    assert (PAGE / "dist" / "page.js").stat().st_mtime >= newest, "run: npm run build"


def test_the_examples_of_the_page_are_ours() -> None:
    shown = json.loads((PAGE / "dist" / "examples.json").read_text(encoding="utf-8"))
    files = sorted((REPOSITORY / "examples").glob("*.py"))
    assert {each["name"]: each["text"] for each in shown} == {path.name: path.read_text("utf-8") for path in files}
