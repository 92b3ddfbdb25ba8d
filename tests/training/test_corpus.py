"""Correct code in, broken code out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.languages.python.breaking import Code, all_operators
from quickfix_ls.languages.python.breaking.everyday import all_everyday
from quickfix_ls.problems import find_all
from quickfix_ls.training.corpus import HELD_OUT, MEMBER_WAYS, CorpusRow, corpus, edit_tokens, typo_rows
from quickfix_ls.training.everyday import everyday_rows
from quickfix_ls.training.faults import faults_of
from quickfix_ls.training.mix import estimate_mix, load_mix
from quickfix_ls.training.rows import read_source
from quickfix_ls.training.snippets import PAGE_LINES, pages, snippets
from quickfix_ls.training.source_files import EXCLUDED, SourceFile, corpus_files, plausibility_files, source_files
from quickfix_ls.training.typos import WAYS, File
from tests.kit_python import python_index

CODE = """\
import os
from collections import deque


class Queue:
    def __init__(self, limit=10):
        self.limit = limit
        self.items = deque()

    def extend(self, values, strict=True):
        '''Add values.'''
        for value in values:
            if len(self.items) == self.limit and strict:
                raise ValueError("full", value)
            self.items.append([value, {"size": 1}])
        return None


def listing(folder, newest=False):
    result = []
    for name in os.listdir(folder):
        try:
            result.append((name, os.path.getsize(name)))
        except OSError as error:
            print(error, name)
    return sorted(result, reverse=newest)


listing(".", newest=True)
"""


@pytest.fixture
def files(tmp_path: Path) -> list[SourceFile]:
    for number in range(4):
        (tmp_path / f"part{number}.py").write_text(CODE.replace("listing", f"listing{number}"), encoding="utf-8")
    return [SourceFile(tmp_path / f"part{number}.py", "parts") for number in range(4)]


@pytest.fixture
def rows(files: list[SourceFile]) -> list[CorpusRow]:
    return list(corpus(3, 60, files, name_share=0.4))


def compiles(text: str) -> bool:
    try:
        compile(text, "<text>", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def undefined(text: str) -> set[str]:
    return {problem.name for problem in find_all(python_index(Snapshot.of(text))) if problem.kind == "name"}


def test_the_mended_text_compiles_and_the_broken_one_has_the_error_that_the_row_states(
    rows: list[CorpusRow],
) -> None:
    assert {row["kind"] for row in rows} == {"syntax", "name"}
    for row in rows:
        assert compiles(row["fixed"])
        if row["kind"] == "syntax":
            with pytest.raises(SyntaxError) as caught:
                compile(row["broken"], "<text>", "exec", dont_inherit=True)
            error = caught.value
            assert (row["error"], row["error_type"]) == (error.msg, type(error).__name__)
            assert (row["line"], row["col"]) == (error.lineno, max(1, error.offset or 1))
        else:
            assert compiles(row["broken"])
            (name,) = undefined(row["broken"]) - undefined(row["fixed"])
            assert f"'{name}'" in row["error"]
            assert (row["error_type"] == "NameError") == (row["error"] == f"name '{name}' is not defined")
            assert name in row["broken"].split("\n")[row["line"] - 1]


def test_rows_are_read_by_the_evaluation(rows: list[CorpusRow], tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    source = read_source(path)
    assert [row.id for row in source.rows] == [row["id"] for row in rows]
    assert not source.unsupported


def test_the_same_seed_gives_the_same_rows_another_others(files: list[SourceFile], rows: list[CorpusRow]) -> None:
    assert list(corpus(3, 60, files, name_share=0.4)) == rows
    assert list(corpus(4, 60, files, name_share=0.4)) != rows


def test_a_file_is_a_group(files: list[SourceFile], rows: list[CorpusRow]) -> None:
    assert {row["group"] for row in rows} == {f"parts/{'/'.join(file.path.parts[-2:])}" for file in files}


def test_typo_rows_mistype_a_local_name_in_a_whole_file(files: list[SourceFile]) -> None:
    found = list(typo_rows(files, 9, 1))
    assert len(found) == 9
    assert found == list(typo_rows(files, 9, 1))
    texts = {file.text() for file in files}
    for row in found:
        assert row["fixed"] in texts
        assert row["edit_tokens"] == 1
        (name,) = undefined(row["broken"])
        assert row["error"] == f"name '{name}' is not defined"


@pytest.mark.parametrize("way", MEMBER_WAYS)
def test_typo_rows_of_members_and_arguments(files: list[SourceFile], way: str) -> None:
    found = list(typo_rows(files, 4, 1, way))
    assert len(found) == 4
    for row in found:
        assert row["error_type"] in ("AttributeError", "ImportError", "TypeError")
        assert row["edit_tokens"] == 1


# Each operator with a detail, code that it breaks in just one way, and the broken code.
BREAKS = [
    ("delete_token", ":", "if a:\n    b\n", "if a\n    b\n"),
    ("delete_token", ",", "f(a,b)\n", "f(a b)\n"),
    ("delete_run", ") ]", "[f(a)]\n", "[f(a\n"),
    ("delete_run", "line }", "{\n1,\n}\n", "{\n1,\n"),
    ("delete_pair", "(", "f(a)\n", "f a\n"),
    ("delete_word", "number", "x = 1\n", "x = \n"),
    ("insert_token", ") :", "f(a)\n", "f(a):\n"),
    ("insert_token", "line **", "if a:\n    b()", None),
    ("insert_word", "=", "x = (1)\n", "x = x (1)\n"),
    ("duplicate_token", "return", "return x\n", "return return x\n"),
    ("replace_token", "== =", "if a == 1: b\n", "if a = 1: b\n"),
    ("swap_tokens", "[", "[ )\n", ") [\n"),
    ("misspell_keyword", "case", "class A: b\n", None),
    ("misspell_keyword", "edit", "class A: b\n", None),
    ("keyword_as_name", "class", "x = 1\n", "class = 1\n"),
    ("foreign", "++", "x += 1\n", "x ++\n"),
    ("foreign", "else if", "if a:\n    b\nelif c:\n    d\n", "if a:\n    b\nelse if c:\n    d\n"),
    ("foreign", "&&", "a and b\n", "a && b\n"),
    ("python2", "print", "print(a, b)\n", "print a, b\n"),
    ("python2", "except", "try:\n    a\nexcept B as b:\n    c\n", "try:\n    a\nexcept B , b:\n    c\n"),
    ("python2", "raise", 'raise E("a")\n', 'raise E, "a"\n'),
    ("prompt", "first", "x = 1\n", ">>> x = 1\n"),
    ("prompt", "all", "if a:\n    b\n", ">>> if a:\n...     b\n"),
    ("join_lines", "", "a\nb\n", "a b\n"),
    ("split_line", "=", "x = 1\n", "x =\n 1\n"),
    ("quote", "close", "x = 'a'\n", "x = 'a\n"),
    ("quote", "open", "x = 'a'\n", "x = a'\n"),
    ("quote", "swap", "x = 'a'\n", "x = 'a\"\n"),
    ("quote", "stray", "x = 1\n", None),
    ("quote", "triple close", 'x = """a"""\n', 'x = """a\n'),
    ("quote", "triple open", 'x = """a"""\n', 'x = a"""\n'),
    ("quote", "triple short", 'x = """a"""\n', 'x = """a"\n'),
    ("indentation", "flat", "if a:\n    b\n    c\nd\n", "if a:\nb\nc\nd\n"),
    ("indentation", "tab", "if a:\n    b\n    c\n", None),
    ("indentation", "out", "if a:\n    b\n", None),
]


@pytest.mark.parametrize(("name", "detail", "right", "wrong"), BREAKS)
def test_an_operator_breaks_as_its_name_says(name: str, detail: str, right: str, wrong: str | None) -> None:
    found = {all_operators()[name](Code.of(right), Random(seed), detail) for seed in range(20)} - {None}
    assert found
    assert right not in found
    assert wrong is None or found == {wrong}


def test_every_operator_is_shown_here() -> None:
    assert {name for name, *_ in BREAKS} == set(all_operators())


@pytest.mark.parametrize("name", sorted(all_operators()))
def test_an_operator_takes_any_code(name: str) -> None:
    details = [detail for _, detail in load_mix().faults if _ == name] + [row[1] for row in BREAKS if row[0] == name]
    for text in ["", "\n", "x", "'", "# a\n", "if a:\n\n  # b\n  c", ")(\n", "\tx\n"]:
        for detail in details:
            result = all_operators()[name](Code.of(text), Random(1), detail)
            assert result is None or isinstance(result, str)


@pytest.mark.parametrize(
    ("name", "detail", "right", "wrong"),
    [row for row in BREAKS if row[3] is not None and (row[0], row[1]) not in {("python2", "raise")}],
)
def test_the_mix_recognises_what_an_operator_did(name: str, detail: str, right: str, wrong: str) -> None:
    if (name, detail) == ("prompt", "all"):
        detail = "first"
    assert faults_of(wrong, right) == [(name, detail)]


def test_two_faults_are_told_apart() -> None:
    assert faults_of("def f(a)\n    return [a\n", "def f(a):\n    return [a]\n") == [
        ("delete_token", ":"),
        ("delete_token", "]"),
    ]


def test_estimate_mix_counts_and_load_mix_reads_it(tmp_path: Path) -> None:
    pairs = [("f(a\n", "f(a)\n"), ("g(b\n", "g(b)\n"), ("if a = 1: b\n", "if a == 1: b\n")]
    lines = [json.dumps({"kind": "syntax", "broken": broken, "fixed": fixed}) for broken, fixed in pairs]
    lines.append(json.dumps({"kind": "name", "broken": "a", "fixed": "b"}))
    (tmp_path / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    stated = estimate_mix([tmp_path / "pairs.jsonl"])
    assert (stated["rows"], stated["understood"], stated["faults"]) == (3, 3, {"1": 3})
    assert stated["source"][0]["name"] == "pairs.jsonl"
    (tmp_path / "mix.json").write_text(json.dumps(stated), encoding="utf-8")
    assert load_mix(tmp_path / "mix.json").faults == {
        ("delete_token", ")"): 2.0,
        ("replace_token", "== ="): 1.0,
    }


def test_faults_of_quotes_are_added_to_what_was_counted() -> None:
    counted, added = load_mix(), load_mix().with_strings()
    assert added.counts == counted.counts
    assert all(added.faults[fault] == weight for fault, weight in counted.faults.items() if fault[0] != "quote")
    share = sum(weight for (name, _), weight in added.faults.items() if name == "quote") / sum(added.faults.values())
    assert 0.05 < share < 0.15
    assert {name for name, _ in added.faults} <= set(all_operators())


def test_pages_are_whole_definitions() -> None:
    found = pages(CODE)
    assert [piece.split("(")[0].split(":")[0] for piece in found] == ["class Queue", "def listing"]
    assert all(compiles(piece) and len(piece.split("\n")) in PAGE_LINES for piece in found)
    assert pages("if :") == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"operators": 1, "faults": {}}'])
def test_a_damaged_mix_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "mix.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="can't be read"):
        load_mix(tmp_path / "mix.json")


def test_estimate_mix_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.jsonl"):
        estimate_mix([tmp_path / "absent.jsonl"])


def test_the_shipped_mix_says_where_it_comes_from_and_knows_every_operator_it_names() -> None:
    assert {name for name, _ in load_mix().faults} <= set(all_operators())


@pytest.mark.parametrize("name", sorted(WAYS))
def test_each_way_to_lose_a_name_finds_a_place(name: str) -> None:
    file = File.of(CODE)
    assert file is not None
    found = [WAYS[name][0](file, Random(seed)) for seed in range(40)]
    typos = [one for one in found if one is not None]
    assert typos
    for one in typos:
        broken = one.applied(CODE)
        assert compiles(broken)
        assert one.name in undefined(broken)
        assert one.name in broken.split("\n")[one.line - 1]


def test_snippets_are_functions_bodies_and_paragraphs() -> None:
    found = snippets(CODE)
    assert "import os\nfrom collections import deque" in found
    assert "self.limit = limit\nself.items = deque()" in found
    assert not any("Add values" in one for one in found)
    assert snippets("if :") == []


@pytest.mark.parametrize(
    ("broken", "fixed", "count"), [("f(a", "f(a)", 1), ("f a", "f(a)", 2), ("x", "x", 0), ("nmae", "name", 1)]
)
def test_edit_tokens(broken: str, fixed: str, count: int) -> None:
    assert edit_tokens(broken, fixed) == count


def test_what_is_held_out_is_in_no_training_data() -> None:
    packages = {file.package for file in source_files()}
    assert "stdlib" in packages
    assert not packages & {*HELD_OUT, *EXCLUDED}
    assert {file.package for file in source_files(only=HELD_OUT)} <= set(HELD_OUT)


def test_the_language_model_does_not_see_what_is_broken_for_the_reward_model() -> None:
    seen, kept = plausibility_files(), corpus_files()
    assert not {file.path for file in seen} & {file.path for file in kept}
    assert len(seen) + len(kept) == len(source_files())
    assert 0.1 < len(kept) / len(seen) < 0.4


@pytest.fixture(scope="module")
def everyday() -> dict[str, CorpusRow]:
    """A row of each error of an everyday hour, from a few hundred files of real code."""
    return {row["source"]: row for row in everyday_rows(corpus_files(), 1, 0)}


_OLD_FIELDS = ("quotes_in_field", "escape_in_field")
"""What is an error before Python 3.12 only."""


@pytest.mark.slow
def test_an_everyday_error_breaks_correct_code_and_knows_the_right_text(everyday: dict[str, CorpusRow]) -> None:
    wanted = [name for name in all_everyday() if sys.version_info < (3, 12) or name not in _OLD_FIELDS]
    assert [name for name in wanted if f"everyday-{name}" not in everyday] == []
    assert all(row["broken"] != row["fixed"] and row["error"] for row in everyday.values())
