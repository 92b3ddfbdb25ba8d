"""The pure functions of the server, as tables; that a session uses them is shown by the other files."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types
from pygls.protocol import default_converter

from quickfix_ls.documents.positions import Encoding
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.documents.view import WholeView
from quickfix_ls.lsp.action_kinds import FIX_ALL, QUICK_FIX, admits, asks_for_quick_fixes
from quickfix_ls.lsp.client_capabilities import Client, folders_of, paths_of, read_client
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.encode import diagnostics_of, range_of, reported_in, reports, span_of, workspace_edit
from quickfix_ls.values import Edit, Problem, Reported, Span
from tests.kit_texts import Json

TEXT = "x = '😀'\r\nprint(lenn(x))\n"
URI = "file:///a.py"
SNAPSHOT = Snapshot.of(TEXT, URI, 7)
NAME = Problem("name", "name 'lenn' is not defined", "NameError", Span(15, 19), "lenn")
SYNTAX = Problem("syntax", "expected ':'", "SyntaxError", Span(15, 19))


# -- kinds of code actions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("only", "quick_fix", "fix_all"),
    [
        (None, True, False),
        ([], True, False),
        ([""], True, True),
        (["quickfix"], True, False),
        (["quickfix.x"], False, False),
        (["quick"], False, False),
        (["source"], False, True),
        (["source.fixAll"], False, True),
        (["source.fixAll.quickfix-ls"], False, True),
        (["source.fixAll.quickfix-ls.x"], False, False),
        (["source.fixAll.other"], False, False),
        (["source.fix"], False, False),
        (["refactor", "quickfix"], True, False),
        (["notebook.source.fixAll"], False, False),
    ],
    ids=str,
)
def test_only_admits(only: list[str] | None, quick_fix: bool, fix_all: bool) -> None:
    assert (admits(only, QUICK_FIX), admits(only, FIX_ALL)) == (quick_fix, fix_all)


@pytest.mark.parametrize(
    ("only", "asked"),
    [(None, False), ([], False), ([""], False), (["quickfix"], True), (["source", "quickfix"], True)],
    ids=str,
)
def test_quick_fixes_are_asked_for_by_name(only: list[str] | None, asked: bool) -> None:
    assert asks_for_quick_fixes(only) is asked


# -- capabilities --------------------------------------------------------------------------------------------

AFTER_EDIT = {"runs_command_after_edit": True}
EDIT = {"resolveSupport": {"properties": ["edit"]}}


@pytest.mark.parametrize(
    ("capabilities", "abilities"),
    [
        ({}, {}),
        ({"textDocument": {"codeAction": {**EDIT, "dataSupport": True}}}, {"resolves_edits": True, **AFTER_EDIT}),
        (
            {
                "textDocument": {
                    "codeAction": {"resolveSupport": {"properties": ["edit", "command"]}, "dataSupport": True}
                }
            },
            {"resolves_edits": True, "resolves_commands": True, **AFTER_EDIT},
        ),
        ({"textDocument": {"codeAction": EDIT}}, {}),
        (
            {"textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["command"]}}}},
            AFTER_EDIT,
        ),
        ({"textDocument": {"codeAction": {"disabledSupport": True}}}, {"shows_disabled": True}),
        ({"textDocument": {"codeAction": {"tagSupport": {"valueSet": [1]}}}}, {"tags_generated": True}),
        ({"textDocument": {"codeAction": {"tagSupport": {"valueSet": []}}}}, {}),
        ({"textDocument": {"publishDiagnostics": {"versionSupport": True}}}, {"versions_diagnostics": True}),
        ({"textDocument": {"diagnostic": {}}}, {"pulls_diagnostics": True}),
        ({"workspace": {"workspaceEdit": {"documentChanges": True}}}, {"document_changes": True}),
        ({"workspace": {"configuration": True}}, {"has_configuration": True}),
        ({"workspace": {"configuration": False}}, {}),
        (
            {"workspace": {"didChangeConfiguration": {"dynamicRegistration": True}}},
            {"registers_configuration": True},
        ),
        ({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}, {"watches_files": True}),
        ({"workspace": {"diagnostics": {"refreshSupport": True}}}, {"refreshes_diagnostics": True}),
        ({"window": {"workDoneProgress": True}}, {"shows_progress": True}),
    ],
    ids=str,
)
def test_a_client_s_abilities(capabilities: Json, abilities: dict[str, Any]) -> None:
    read = default_converter().structure(capabilities, types.ClientCapabilities)
    assert read_client(read, None) == Client(**abilities)


@pytest.mark.parametrize(
    ("agreed", "encoding"),
    [(None, "utf-16"), ("utf-8", "utf-8"), (types.PositionEncodingKind.Utf32, "utf-32"), ("utf-7", "utf-16")],
)
def test_the_encoding_that_was_agreed_on(agreed: str | None, encoding: str) -> None:
    assert read_client(types.ClientCapabilities(), agreed).encoding == encoding


@pytest.mark.parametrize(
    ("params", "folders"),
    [
        ({}, ()),
        ({"root_path": "/old"}, ("/old",)),
        ({"root_path": "/old", "root_uri": "file:///root"}, ("/root",)),
        ({"root_uri": "vscode-vfs://github/a"}, ()),
        (
            {"root_uri": "file:///root", "workspace_folders": [types.WorkspaceFolder("file:///one", "one")]},
            ("/one",),
        ),
    ],
    ids=str,
)
def test_the_folders_of_a_workspace(params: dict[str, Any], folders: tuple[str, ...]) -> None:
    assert folders_of(types.InitializeParams(types.ClientCapabilities(), **params)) == folders


def test_paths_are_those_of_files_each_once() -> None:
    assert paths_of(["file:///a", "untitled:1", "file:///b", "file:///a"]) == ("/a", "/b")


# -- positions, edits, diagnostics ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "encoding", "ends"),
    [
        (Span(5, 6), "utf-16", ((0, 5), (0, 7))),
        (Span(5, 6), "utf-8", ((0, 5), (0, 9))),
        (Span(5, 6), "utf-32", ((0, 5), (0, 6))),
        (Span(6, 6), "utf-16", ((0, 7), (0, 7))),
        (Span(0, 15), "utf-16", ((0, 0), (1, 6))),
    ],
)
def test_a_span_as_a_range_and_back(span: Span, encoding: Encoding, ends: tuple[tuple[int, int], ...]) -> None:
    found = range_of(SNAPSHOT, span, encoding)
    assert found == types.Range(*(types.Position(*end) for end in ends))
    assert span_of(SNAPSHOT, found, encoding) == span


def test_a_range_that_runs_backwards_or_beyond_is_put_right() -> None:
    first, last = types.Position(0, 2), types.Position(99, 9)
    assert span_of(SNAPSHOT, types.Range(last, first), "utf-16") == Span(2, len(TEXT))


@pytest.mark.parametrize("versioned", [True, False])
async def test_edits_are_in_order_and_leave_out_what_changes_nothing(versioned: bool) -> None:
    edits = [Edit(Span(15, 19), "len"), Edit(Span(0, 1), "x"), Edit(Span(9, 9), "# new\n")]
    found = workspace_edit(_document(), edits, Client(document_changes=versioned))
    wanted = [
        types.TextEdit(range_of(SNAPSHOT, Span(9, 9), "utf-16"), "# new\n"),
        types.TextEdit(range_of(SNAPSHOT, Span(15, 19), "utf-16"), "len"),
    ]
    if versioned:
        document = types.OptionalVersionedTextDocumentIdentifier("file:///a.py", 7)
        assert found == types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, wanted)])
    else:
        assert found == types.WorkspaceEdit(changes={"file:///a.py": wanted})


async def test_our_own_diagnostic_comes_back_as_what_it_was() -> None:
    document = _document()
    (diagnostic,) = diagnostics_of(document, [NAME], "utf-16")[URI]
    assert (diagnostic.code, diagnostic.severity) == ("NameError", types.DiagnosticSeverity.Error)
    reported = reported_in(document, URI, diagnostic, "utf-16")
    assert reported is not None
    assert reported[:4] == (NAME.message, NAME.span, "quickfix-ls", "NameError")
    assert reports(SNAPSHOT, reported, NAME)


@pytest.mark.parametrize(
    ("problem", "message", "span", "source", "code", "is_so"),
    [
        (NAME, "Undefined name `lenn`", Span(15, 19), "Ruff", "F821", True),
        (NAME, "Undefined name `lenn`", Span(0, 1), "Ruff", "F821", False),
        (NAME, "Undefined name `lenn`", Span(20, 21), "Ruff", "F821", False),
        (NAME, "Undefined name `lenny`", Span(15, 19), "Ruff", "F821", False),
        (NAME, NAME.message, Span(15, 18), "quickfix-ls", "NameError", False),
        (NAME, "another", Span(15, 19), "quickfix-ls", "NameError", False),
        (SYNTAX, 'Expected ":"', Span(9, 24), "Pyright", "", True),
        (SYNTAX, "E", Span(9, 24), "flake8", "E999", True),
        (SYNTAX, "line too ugly", Span(9, 24), "pycodestyle", "E501", False),
        (SYNTAX, 'Expected ":"', Span(0, 1), "Pyright", "", False),
    ],
)
def test_which_problem_a_diagnostic_is_about(
    problem: Problem, message: str, span: Span, source: str, code: str, is_so: bool
) -> None:
    assert reports(SNAPSHOT, Reported(message, span, source, code), problem) is is_so


def _document() -> ClientDocument:
    return ClientDocument(SNAPSHOT, "python", WholeView(URI))
