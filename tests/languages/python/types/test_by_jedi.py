"""What jedi knows of the owner of a name, and what it leaves alone."""

from __future__ import annotations

import importlib.machinery
from pathlib import Path

import pytest

from quickfix_ls.languages.python.types.by_jedi import answers_to
from quickfix_ls.languages.python.types.inquiries import Facts, Inquiry, InquiryKind, TypeQuestion


def facts_at(marked: str, kind: InquiryKind, folder: Path | None = None) -> Facts | None:
    """What is known of the owner of the name behind `$0`."""
    text, offset = marked.replace("$0", ""), marked.index("$0")
    path = str(folder / "main.py") if folder else ""
    (facts,) = answers_to(TypeQuestion(text, path, (str(folder),) if folder else (), (Inquiry(kind, offset),)))
    return facts


@pytest.mark.parametrize(
    ("marked", "kind", "owner", "right"),
    [
        ("import math\nmath.$0squrt(2)\n", "attribute", "module 'math'", "sqrt"),
        ("from pathlib import Path\n\nPath('a').$0read_txt()\n", "attribute", "'Path' object", "read_text"),
        ("class A:\n    size = 1\n\nA.$0siez\n", "attribute", "type object 'A'", "size"),
        ("x = 'é'; x.$0uper()\n", "attribute", "'str' object", "upper"),
        ("'a \f b'.$0uper()\n", "attribute", "'str' object", "upper"),
        ("(\n    'a'\n    .$0uper()\n)\n", "attribute", "'str' object", "upper"),
        ("from json import $0dmups\n", "import", "module 'json'", "dumps"),
        ("from json import (\n    loads,\n    $0dmups,\n)\n", "import", "module 'json'", "dumps"),
        ("import json\njson.dumps([], $0indnet=1)\n", "keyword", "dumps", "indent"),
        ("import textwrap\ntextwrap.indent('', '', $0predicat=None)\n", "keyword", "indent", "predicate"),
    ],
)
def test_the_owner_and_its_names_are_known(marked: str, kind: InquiryKind, owner: str, right: str) -> None:
    facts = facts_at(marked, kind)
    assert facts is not None
    assert (facts.owner, right in facts.names) == (owner, True)


@pytest.mark.parametrize(
    ("marked", "kind", "is_complete"),
    [
        ("import math\nmath.$0squrt(2)\n", "attribute", True),
        ("class A:\n    size = 1\n\nA().$0siez\n", "attribute", True),
        ("from elsewhere import Base\n\nclass A(Base):\n    size = 1\n\nA().$0siez\n", "attribute", False),
        ("class A:\n    size = 1\n    def __getattr__(self, name): ...\n\nA().$0siez\n", "attribute", False),
        ("def f(size): ...\n\nf($0siez=1)\n", "keyword", True),
        ("def f(size, **others): ...\n\nf($0siez=1)\n", "keyword", False),
    ],
)
def test_what_may_have_more_is_not_complete(marked: str, kind: InquiryKind, is_complete: bool) -> None:
    facts = facts_at(marked, kind)
    assert facts is not None
    assert facts.is_complete is is_complete


@pytest.mark.parametrize(
    "marked", ["unknown().$0member\n", "from nowhere_at_all import $0name\n", "unknown($0name=1)\n"]
)
def test_what_is_not_known_is_none(marked: str) -> None:
    kind: InquiryKind = "import" if "import" in marked else "keyword" if "=" in marked else "attribute"
    assert facts_at(marked, kind) is None


def test_a_module_of_the_project_is_read(tmp_path: Path) -> None:
    (tmp_path / "shapes.py").write_text("def area(width, height):\n    return width * height\n")
    imported = facts_at("from shapes import $0aera\n", "import", tmp_path)
    called = facts_at("import shapes\nshapes.area($0widht=1)\n", "keyword", tmp_path)
    assert imported is not None
    assert called is not None
    assert "area" in imported.names
    assert called.names == {"width", "height"}


def test_a_relative_import_is_found(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").touch()
    (tmp_path / "shapes.py").write_text("def area(): ...\n")
    facts = facts_at("from .shapes import $0aera\n", "import", tmp_path)
    assert facts is not None
    assert "area" in facts.names


def test_nothing_of_a_project_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where a module has no source, so that jedi would import it, and its package with it."""
    package = tmp_path / "native"
    package.mkdir()
    (package / "__init__.py").write_text(f"open({str(tmp_path / 'was_run')!r}, 'w').close()\n")
    (package / f"inner{importlib.machinery.EXTENSION_SUFFIXES[0]}").write_bytes(b"")
    monkeypatch.syspath_prepend(tmp_path)
    for marked in ("from native.inner import $0name\n", "from native import inner\ninner.$0name\n"):
        facts_at(marked, "import" if "name\n" in marked.partition("\n")[0] + "\n" else "attribute", tmp_path)
    assert not (tmp_path / "was_run").exists()
