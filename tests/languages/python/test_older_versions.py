"""Errors that only an older Python has: by parso's grammars, and whether the real interpreters agree."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.compile_check import HERE, Version, compile_check
from quickfix_ls.languages.python.fstring_fields import old_fields
from quickfix_ls.languages.python.older_versions import new_errors, older_fault
from quickfix_ls.problems import find_all
from quickfix_ls.values import Edit, Span
from tests.kit_python import python_index

VERSIONS: tuple[Version, ...] = tuple((3, minor) for minor in range(8, 14))

BEFORE_312 = {
    'x = f"{row["kind"]}"\n': "the same quotes",
    "x = f'{d['a']:>{w}} {b}'\n": "the same quotes",
    'x = f"{f"{a}"}"\n': "the same quotes",
    "x = f\"{'\\n'.join(a)}\"\n": "cannot include a backslash",
    'x = f"""{a  # first\n}"""\n': "cannot include '#'",
    'x = f"{a\n}"\n': "a line end inside of braces",
}
OLDER: dict[str, Version] = {
    "@a[1].b\ndef f():\n    pass\n": (3, 9),
    "@a(1).b(2)\ndef f():\n    pass\n": (3, 9),
    "x = a[b := 1]\n": (3, 10),
    "x = {b := 1}\n": (3, 9),
}
FINE = (
    'x = f"{a!r:>{w}.{p}} {{}} {d[1]} {(lambda y: y)(1)}"\n',
    "x = f'{d[\"a\"]}\\n'\n",
    "x = f'''{\na\n} {d['#']}'''\n",
    "x = f\"{d['}']} {d['{']}\"\n",
    'x = "{a[" "]}"\n',
    '# f"{d["a"]}"\nx = rf\'{a}\\d\'\n',
    'x = f"\\N{EN DASH}{a}"\n',
    "if (n := f(1)) > 2:\n    x = [(y := n), y]\n",
    "@a.b(c[1](2), key=d.e)\n@property\ndef f(self):\n    pass\n",
    "with (open(a), open(b)):\n    pass\n",
)
"""Valid since 3.8."""


@pytest.mark.parametrize(("text", "words"), BEFORE_312.items())
def test_what_f_strings_may_hold_since_312(text: str, words: str) -> None:
    for version in VERSIONS:
        fault = older_fault(text, version)
        assert (fault is not None) == (version < (3, 12)), version
        if fault is not None:
            assert words in fault.message
            assert text[fault.span.start] == "{"


@pytest.mark.parametrize(("text", "since"), OLDER.items())
def test_what_code_may_hold_since_a_version(text: str, since: Version) -> None:
    for version in VERSIONS:
        fault = older_fault(text, version)
        assert (fault is not None) == (version < since), version
        if fault is not None:
            assert fault.message.endswith(f"only supported here in Python {since[0]}.{since[1]} and greater")


@pytest.mark.parametrize("text", FINE)
def test_what_all_versions_accept_is_no_error(text: str) -> None:
    assert [compile_check(text, target=version) for version in VERSIONS] == [None] * len(VERSIONS)


def test_a_construct_that_parso_does_not_know_hides_nothing_and_is_no_error() -> None:
    unknown = "match x:\n    case [1, *rest]:\n        pass\n"
    assert older_fault(unknown, (3, 11)) is None
    assert older_fault(unknown + 'y = f"{d["a"]}"\n', (3, 11)) is not None


@pytest.mark.parametrize(
    ("target", "text", "words"),
    [
        ((3, 8), "def f(a):\n    match a:\n        case 1:\n            return 2\n", "Pattern matching"),
        ((3, 9), "def f(a, b):\n    return a[b := 1]\n", "Assignment expressions"),
        ((3, 8), "@a[0]\ndef f():\n    pass\n", "Decorators"),
    ],
)
def test_an_error_of_the_target_alone_is_found_as_a_problem(target: Version, text: str, words: str) -> None:
    (problem,) = (one for one in find_all(python_index(Snapshot.of(text), target)) if one.kind == "syntax")
    assert words in problem.message
    assert not [one for one in find_all(python_index(Snapshot.of(text))) if one.kind == "syntax"]


def test_only_a_difference_counts() -> None:
    before, after = "x = = 1\n@a[0]\ndef f(): pass\n", "x = 1\n@a[0]\ndef f(): pass\n"
    edits = [Edit(Span(4, 6), "")]
    assert new_errors(before, after, edits, (3, 8)) == ()
    brought = "x = 1\n@a[0]\ndef f(): pass\n"
    assert new_errors("x = 1\n@a\ndef f(): pass\n", brought, [Edit(Span(8, 8), "[0]")], (3, 8))
    assert new_errors("x = 1\n@a\ndef f(): pass\n", brought, [Edit(Span(8, 8), "[0]")], (3, 9)) == ()
    unknown = "with (a as b): pass\n" + brought
    assert new_errors("x = 1\n", unknown, [], (3, 8)) == ()


@pytest.mark.parametrize("text", ["", "f'", 'f"{', "f'{a", "\0f'{a[']}'", "f'{'" * 40, "rf'\\", "f'''{", "@", "[:="])
def test_no_text_makes_it_raise(text: str) -> None:
    list(old_fields(text))
    older_fault(text, (3, 8))


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: ".".join(map(str, version)))
def test_the_real_interpreter_agrees(version: Version) -> None:
    texts = [*BEFORE_312, *OLDER, *FINE]
    real = accepted_by(version, texts)
    for text, is_valid in zip(texts, real, strict=True):
        if text in BEFORE_312:
            assert is_valid == (version >= (3, 12)), text
        assert (older_fault(text, version) is None) == is_valid, text


@pytest.mark.slow
def test_no_false_alarm_in_the_standard_library() -> None:
    """Of 300 files, no unit is wrong for a target whose interpreter compiles the file."""
    files = sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py"))
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files[:: max(1, len(files) // 300)]]
    for version in VERSIONS:
        real = accepted_by(version, texts)
        for text, is_valid in zip(texts, real, strict=True):
            index = python_index(Snapshot.of(text), version)
            faults = [fault for unit in range(len(index.cuts)) if (fault := index.unit_fault(unit))]
            assert not (is_valid and faults), (version, faults, text[:200])


def accepted_by(version: Version, texts: Sequence[str]) -> list[bool]:
    """Whether the real interpreter of a version compiles each text; skips the test where it is not installed."""
    interpreter = _interpreter(version)
    if interpreter is None:
        pytest.skip(f"there is no Python {version[0]}.{version[1]}")
    code = (
        "import json, sys, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "def valid(text):\n"
        "    try:\n"
        "        compile(text, '<text>', 'exec')\n"
        "    except (SyntaxError, ValueError):\n"
        "        return False\n"
        "    return True\n"
        "print(json.dumps([valid(text) for text in json.load(sys.stdin)]))\n"
    )
    done = subprocess.run(
        [interpreter, "-c", code], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    found: list[bool] = json.loads(done.stdout)
    return found


@cache
def _interpreter(version: Version) -> str | None:
    """The path of a real interpreter, of those that pyenv installed."""
    if version == HERE:
        return sys.executable
    found = sorted(Path.home().glob(f".pyenv/versions/{version[0]}.{version[1]}.*/bin/python"))
    return str(found[0]) if found else None
