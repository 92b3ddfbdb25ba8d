"""What ty knows of the owner of a name, through its real server, and what it leaves alone."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quickfix_ls.languages.python.types.inquiries import Facts, Inquiry, InquiryKind, TypeQuestion
from quickfix_ls.languages.python.types.resident import Resident
from quickfix_ls.languages.python.types.ty_service import program, ty_service

pytestmark = pytest.mark.skipif(not program(), reason="ty is not installed")

SECONDS = 120.0


@pytest.fixture
async def ty() -> AsyncIterator[Resident]:
    service = ty_service(SECONDS)
    yield service
    await service.aclose()


def question(marked: str, kind: InquiryKind, folder: Path | None = None, name: str = "main.py") -> TypeQuestion:
    """The question about the name behind `$0`, in a file of a folder."""
    text, offset = marked.replace("$0", ""), marked.index("$0")
    path = str(folder / name) if folder else ""
    return TypeQuestion(text, path, (str(folder),) if folder else (), (Inquiry(kind, offset),))


async def facts_at(
    ty: Resident, marked: str, kind: InquiryKind, folder: Path | None = None, name: str = "main.py"
) -> Facts | None:
    (facts,) = await ty.ask(question(marked, kind, folder, name))
    return facts


def put(folder: Path, **files: str) -> None:
    """Write modules, `a__b` for `a/b.py`."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


KNOWN: list[tuple[str, InquiryKind, str, str]] = [
    ("import math\nmath.$0squrt(2)\n", "attribute", "module 'math'", "sqrt"),
    ("from pathlib import Path\n\nPath('a').$0read_txt()\n", "attribute", "'Path' object", "read_text"),
    ("class A:\n    size = 1\n\nA.$0siez\n", "attribute", "type object 'A'", "size"),
    ("class A:\n    size = 1\n\nA().$0siez\n", "attribute", "'A' object", "size"),
    ("x = 'é'; x.$0uper()\n", "attribute", "'str' object", "upper"),
    ("x = '\N{GRINNING FACE}'; x.$0uper()\n", "attribute", "'str' object", "upper"),
    ("x = [1]; x.$0apend(2)\n", "attribute", "'list' object", "append"),
    ("x = {1: 2}\r\nx.$0itmes()\r\n", "attribute", "'dict' object", "items"),
    ("(1).$0rael\n", "attribute", "'int' object", "real"),
    ("b''.$0decod()\n", "attribute", "'bytes' object", "decode"),
    ("'a \f b'.$0uper()\n", "attribute", "'str' object", "upper"),
    ("(\n    'a'\n    .$0uper()\n)\n", "attribute", "'str' object", "upper"),
    ("x = 'a'\nprint(f'{x.$0uper()}')\n", "attribute", "'str' object", "upper"),
    ("def f(x: str):\n    if (y := x.$0uper()\n", "attribute", "'str' object", "upper"),
    ("from json import $0dmups\n", "import", "module 'json'", "dumps"),
    ("from json import loads, $0dmups as d\n", "import", "module 'json'", "dumps"),
    ("from json import (\n    loads,\n    $0dmups,\n)\n", "import", "module 'json'", "dumps"),
    ("import json\njson.dumps([], $0indnet=1)\n", "keyword", "", "indent"),
    ("import textwrap\ntextwrap.indent('', '', $0predicat=None)\n", "keyword", "", "predicate"),
    ("sorted([2, 1], $0revers=True)\n", "keyword", "", "reverse"),
]


@pytest.mark.parametrize(("marked", "kind", "owner", "right"), KNOWN)
async def test_the_owner_and_its_names_are_known(
    ty: Resident, marked: str, kind: InquiryKind, owner: str, right: str
) -> None:
    facts = await facts_at(ty, marked, kind)
    assert facts is not None
    assert (facts.owner, right in facts.names) == (owner, True)


@pytest.mark.parametrize(
    ("marked", "kind", "is_complete"),
    [
        ("import math\nmath.$0squrt(2)\n", "attribute", True),
        ("class A:\n    size = 1\n\nA().$0siez\n", "attribute", True),
        ("from elsewhere import Base\n\nclass A(Base):\n    size = 1\n\nA().$0siez\n", "attribute", False),
        ("class A:\n    size = 1\n    def __getattr__(self, name): ...\n\nA().$0siez\n", "attribute", False),
        ("class A:\n    size = 1\n\ndef f(a: A | None):\n    a.$0siez\n", "attribute", None),
        ("def f(size): ...\n\nf($0siez=1)\n", "keyword", True),
        ("def f(size, **others): ...\n\nf($0siez=1)\n", "keyword", False),
        ("from json import $0dmups\n", "import", True),
    ],
)
async def test_what_may_have_more_is_not_complete(
    ty: Resident, marked: str, kind: InquiryKind, is_complete: bool | None
) -> None:
    facts = await facts_at(ty, marked, kind)
    assert (facts and facts.is_complete) is is_complete


async def test_what_is_no_keyword_is_not_among_the_names(ty: Resident) -> None:
    facts = await facts_at(ty, "def f(a, /, b, *rest, c=1, **more): ...\n\nf(1, $0d=2)\n", "keyword")
    assert facts == Facts("", frozenset({"b", "c"}), False)
    facts = await facts_at(ty, "def f(a, b='/', /): ...\n\nf(1, $0b=2)\n", "keyword")
    assert facts is None


@pytest.mark.parametrize(
    ("marked", "kind", "hints", "expected"),
    [
        ("import math\nmath.$0squrt(2)\n", "attribute", ("sqrt", "cqrt"), ("module 'math'", {"sqrt"})),
        ("x = [1]\nx.$0apend(2)\n", "attribute", ("append",), ("'list' object", {"append"})),
        ("class A:\n    size = 1\n\nA.$0siez\n", "attribute", ("size",), ("type object 'A'", {"size"})),
        ("class A:\n    size = 1\n\n(A()).$0siez\n", "attribute", ("size",), ("'A' object", {"size"})),
        ("from json import $0dmups\n", "import", ("dumps",), ("module 'json'", {"dumps"})),
        ("import math\nmath.$0sqrt(2)\n", "attribute", ("sqrrt",), ("", {"sqrt"})),
        ("class A:\n    siez = no()\n    size = 1\n\nA.$0siez\n", "attribute", ("size",), ("", {"siez"})),
        (
            "class A:\n    size = 1\n    def __getattr__(self, name) -> int: ...\n\nA().$0siez\n",
            "attribute",
            ("size",),
            ("", {"siez"}),
        ),
        ("def f(x):\n    x.$0siez\n", "attribute", ("size",), None),
    ],
)
async def test_the_names_that_could_be_meant_are_enough(
    ty: Resident, marked: str, kind: InquiryKind, hints: tuple[str, ...], expected: tuple[str, set[str]] | None
) -> None:
    asked = question(marked, kind)
    (facts,) = await ty.ask(asked._replace(inquiries=(Inquiry(kind, marked.index("$0"), hints),)))
    assert (facts and (facts.owner, facts.names, facts.is_complete)) == (expected and (*expected, False))


async def test_where_none_of_them_exists_all_members_are_told(ty: Resident) -> None:
    marked = "x = [1]\nx.$0apend(2)\n"
    asked = question(marked, "attribute")
    (facts,) = await ty.ask(asked._replace(inquiries=(Inquiry("attribute", marked.index("$0"), ("spend",)),)))
    assert facts is not None
    assert "append" in facts.names


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("unknown().$0member\n", "attribute"),
        ("from nowhere_at_all import $0name\n", "import"),
        ("unknown($0name=1)\n", "keyword"),
        ("dict($0name=1)\n", "keyword"),
    ],
)
async def test_what_is_not_known_is_none(ty: Resident, marked: str, kind: InquiryKind) -> None:
    assert await facts_at(ty, marked, kind) is None


async def test_modules_of_the_project_are_read(ty: Resident, tmp_path: Path) -> None:
    put(tmp_path, shapes="def area(width, height):\n    return width * height\n", sub__beside="def helper(): ...\n")
    imported = await facts_at(ty, "from shapes import $0aera\n", "import", tmp_path)
    called = await facts_at(ty, "import shapes\nshapes.area($0widht=1)\n", "keyword", tmp_path)
    beside = await facts_at(ty, "from beside import $0helpr\n", "import", tmp_path, os.path.join("sub", "main.py"))
    assert imported is not None
    assert called is not None
    assert beside is not None
    assert ("area" in imported.names, imported.is_complete) == (True, True)
    assert called.names == {"width", "height"}
    assert ("helper" in beside.names, beside.is_complete) == (True, True)


async def test_relative_imports_are_found(ty: Resident, tmp_path: Path) -> None:
    put(tmp_path, pkg____init__="", pkg__shapes="def area(): ...\n", pkg__main="")
    name = os.path.join("pkg", "main.py")
    of_module = await facts_at(ty, "from .shapes import $0aera\n", "import", tmp_path, name)
    of_package = await facts_at(ty, "from . import $0shaeps\n", "import", tmp_path, name)
    assert of_module is not None
    assert "area" in of_module.names
    assert of_package is not None
    assert "shapes" in of_package.names


async def test_a_file_that_changed_is_read_again_by_the_same_server(ty: Resident, tmp_path: Path) -> None:
    marked = "from shapes import $0aera\n"
    assert await facts_at(ty, marked, "import", tmp_path) is None
    pid = ty.pid
    put(tmp_path, shapes="area = 1\n")
    first = await facts_at(ty, marked, "import", tmp_path)
    put(tmp_path, shapes="area = aera = 1\n")
    second = await facts_at(ty, marked, "import", tmp_path)
    (tmp_path / "shapes.py").unlink()
    third = await facts_at(ty, marked, "import", tmp_path)
    assert first is not None
    assert second is not None
    assert ("aera" in first.names, "aera" in second.names, third) == (False, True, None)
    assert ty.pid == pid


@pytest.mark.parametrize(
    ("stars", "is_complete"),
    [
        ("from found import *\n", True),
        ("from nowhere import *\n", False),
        ("from chain import *\n", False),
        ("if 1:\n    from .nowhere import *\n", False),
    ],
)
async def test_what_a_star_may_bring_is_not_missing(
    ty: Resident, tmp_path: Path, stars: str, is_complete: bool
) -> None:
    put(tmp_path, shapes=f"{stars}area = 1\n", found="length = 1\n", chain="from nowhere import *\n")
    imported = await facts_at(ty, "from shapes import $0aera\n", "import", tmp_path)
    member = await facts_at(ty, "import shapes\nshapes . $0aera\n", "attribute", tmp_path)
    assert imported is not None
    assert member is not None
    assert (imported.is_complete, member.is_complete) == (is_complete, is_complete)


async def test_of_a_module_with_too_many_names_only_the_missing_ones_are_told(ty: Resident, tmp_path: Path) -> None:
    put(tmp_path, many="".join(f"name{number} = 1\n" for number in range(2000)) + "zebra = 1\n")
    assert await facts_at(ty, "from many import $0name1999\n", "import", tmp_path) is None
    facts = await facts_at(ty, "from many import $0zebar\n", "import", tmp_path)
    assert facts is not None
    assert "zebra" in facts.names


async def test_files_that_a_checker_would_leave_out_are_answered_too(ty: Resident, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    for name in ("build", "node_modules", ".hidden", "venv"):
        facts = await facts_at(ty, "import math\nmath.$0squrt\n", "attribute", tmp_path, os.path.join(name, "main.py"))
        assert facts is not None
        assert facts.is_complete, name


async def test_a_stub_and_the_code_of_a_notebook_are_answered(ty: Resident, tmp_path: Path) -> None:
    for name in ("main.pyi", "main.ipynb", "main"):
        facts = await facts_at(ty, "import math\nmath.$0squrt\n", "attribute", tmp_path, name)
        assert facts is not None
        assert facts.is_complete, name


# -- nothing of the project is run, none of its configuration is read -------------------------------------------------


async def test_no_configuration_of_the_project_or_the_user_is_read(
    ty: Resident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = "rules = { missing-attribute = 'ignore', unresolved-attribute = 'ignore' }\n"
    (tmp_path / "ty.toml").write_text(f"nonsense = 1\n{off}")
    (tmp_path / "pyproject.toml").write_text(f"[tool.ty]\n{off}[project]\nrequires-python = '>=3.99'\n")
    home = tmp_path / "home"
    (home / "ty").mkdir(parents=True)
    (home / "ty" / "ty.toml").write_text(off)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("TY_CONFIG_FILE", str(home / "ty" / "ty.toml"))
    facts = await facts_at(ty, "import math\nmath.$0squrt\n", "attribute", tmp_path)
    assert facts is not None
    assert facts.is_complete


@pytest.mark.skipif(os.name == "nt", reason="a script as a program")
async def test_no_other_program_is_started(ty: Resident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for a script with its own dependencies in a project of uv, with an environment of its own."""
    script = '# /// script\n# dependencies = ["x"]\n# ///\nimport math\nmath.$0squrt\n'
    put(tmp_path, main=script.replace("$0", ""), sitecustomize="open('was_run', 'w')\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\nversion = '1'\n[tool.uv]\n")
    (tmp_path / "uv.lock").write_text("version = 1\n")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.11.0\nhome = /usr/bin\n")
    for name in ("uv", "python", "python3", "ty"):
        (programs / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'was_run'}\n")
        (programs / name).chmod(0o755)
    packages = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "run.pth").write_text(f"import os; open({str(tmp_path / 'was_run')!r}, 'w')\n")
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("VIRTUAL_ENV", str(programs.parent))
    asked = question(script, "attribute", tmp_path)
    (facts,) = await ty.ask(asked._replace(folders=(str(tmp_path), str(packages))))
    assert facts is not None
    assert "sqrt" in facts.names
    assert not (tmp_path / "was_run").exists()


async def test_the_packages_of_the_environment_are_read(ty: Resident, tmp_path: Path) -> None:
    environment, project = tmp_path / "env", tmp_path / "project"
    packages = environment / "lib" / "python3.10" / "site-packages"
    put(packages, shapes="def area(): ...\n")
    (environment / "pyvenv.cfg").write_text("version = 3.10.0\nhome = /usr/bin\n")
    other = tmp_path / "dist-packages"
    put(other, colours="red = 1\n")
    project.mkdir()
    for module, right in (("shapes", "area"), ("colours", "red")):
        asked = question(f"from {module} import $0aera\n", "import", project)
        (facts,) = await ty.ask(asked._replace(folders=(str(project), str(packages), str(other))))
        assert facts is not None
        assert right in facts.names
    old = question("import asyncio\nasyncio.$0TaskGroup\n", "attribute", project)
    (facts,) = await ty.ask(old._replace(folders=(str(project), str(packages))))
    assert facts is not None
    assert "TaskGroup" not in facts.names


# -- its process -------------------------------------------------------------------------------------------------------


async def test_one_server_answers_for_all_files_of_a_project(ty: Resident, tmp_path: Path) -> None:
    put(tmp_path, a__b="")
    await facts_at(ty, "import math\nmath.$0squrt\n", "attribute", tmp_path)
    pid = ty.pid
    asked = question("import math\nmath.$0squrt\n", "attribute", tmp_path, os.path.join("a", "b.py"))
    (facts,) = await ty.ask(asked._replace(folders=(str(tmp_path / "a"), str(tmp_path))))
    assert facts is not None
    assert ty.pid == pid


async def test_a_question_that_takes_too_long_is_given_up_and_the_next_one_is_answered(ty: Resident) -> None:
    asked = question("import math\nmath.$0squrt\n", "attribute")
    assert await ty.ask(asked, 0.0) == (None,)
    assert ty.pid is None
    (facts,) = await ty.ask(asked)
    assert facts is not None


async def test_a_program_that_is_no_ty_answers_nothing(tmp_path: Path) -> None:
    for command in ("true", "cat", str(tmp_path / "nowhere")):
        service = ty_service(2.0, command=command)
        assert await service.ask(question("import math\nmath.$0squrt\n", "attribute")) == (None,)
        await service.aclose()
