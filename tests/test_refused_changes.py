"""What is never offered again: how a change is known, where that is kept, and the command line about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quickfix_ls import refused_changes
from quickfix_ls.cli import main
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.refused_changes import RefusedChange, add, entries, key_of, name_of, refused_at, remove, state_file
from quickfix_ls.values import Edit, Problem, Span

LINE = "print(lenn([]))\n"
BROKEN = "def double(x)\n    return 2 * x\n"


@pytest.fixture(autouse=True)
def state(own_state: Path) -> Path:
    """Where what is refused is kept."""
    return own_state / "quickfix-ls" / "never.json"


def key(text: str, old: str = "lenn", new: str = "len", path: str = "/p/a.py", message: str = "") -> str:
    start = text.index(old)
    span = Span(start, start + len(old))
    problem = Problem("name", message or f"name '{old}' is not defined", "NameError", span, old)
    return key_of(path, Snapshot.of(text), problem, [Edit(span, new)])


# -- how a change is known -----------------------------------------------------------------------------------


def test_a_change_is_known_again_wherever_its_line_moves() -> None:
    known = key(LINE)
    assert key(f"import os\n\n\n{LINE}x = 1\n") == known
    assert key(LINE.replace("\n", "  \r\n")) == known
    assert key(f"\ufeff{LINE}") == known == key(f"\f{LINE}")
    assert key(LINE, message="name 'other' is not defined") == known


def test_what_differs_is_another_change() -> None:
    others = [
        key(LINE, new="list"),
        key(LINE, path="/p/b.py"),
        key(LINE, message="undefined name"),
        key(LINE.replace("[]", "()")),
        key(f"    {LINE}"),
    ]
    assert len({key(LINE), *others}) == 6


def test_the_same_change_by_other_edits_is_the_same() -> None:
    start = LINE.index("lenn")
    problem = Problem("name", "name 'lenn' is not defined", "NameError", Span(start, start + 4), "lenn")
    narrow = [Edit(Span(start + 3, start + 4), "")]
    assert key_of("/p/a.py", Snapshot.of(LINE), problem, narrow) == key(LINE)


# -- where it is kept ----------------------------------------------------------------------------------------


def test_entries_are_kept_until_removed(state: Path) -> None:
    assert entries() == ()
    first, second = RefusedChange("ab12", "/p/a.py", "m", "l", "f"), RefusedChange("cd34", "/p/b.py", "m", "l", "f")
    assert add(first)
    assert add(second)
    assert not add(first)
    assert state == state_file()
    assert json.loads(state.read_text())["version"] == 1
    assert entries() == (first, second)
    assert refused_at("/p/a.py") == {"ab12"}
    assert remove(["ab"]) == [first]
    assert remove(["ab", ""]) == []
    assert entries() == (second,)
    assert [path.name for path in state.parent.iterdir()] == ["never.json"]


@pytest.mark.parametrize("content", ["{", "[]", '{"version": 2, "never": []}', '{"version": 1, "never": [{"key": 1}]}'])
def test_a_damaged_state_is_told_and_left_alone(state: Path, content: str) -> None:
    state.parent.mkdir(parents=True)
    state.write_text(content)
    with pytest.raises(UsageError, match=r"never\.json: can't be read: .* Mend or delete the file\."):
        add(RefusedChange("ab12", "/p/a.py", "m", "l", "f"))
    assert refused_at("/p/a.py") == frozenset()
    assert state.read_text() == content
    assert main(["never", "list"]) == 2


def test_without_the_variable_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME")
    assert state_file().parts[-2:] == ("quickfix-ls", "never.json")


def test_links_are_followed_to_the_file_itself(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LINE)
    (tmp_path / "b.py").symlink_to("a.py")
    assert name_of(str(tmp_path / "b.py")) == name_of(str(tmp_path / "a.py"))
    assert name_of("", "untitled:1") == "untitled:1"


# -- the command line ----------------------------------------------------------------------------------------


def test_what_is_refused_is_not_offered_until_it_is_allowed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text(BROKEN)
    assert main(["never", "add", f"{path}:1"]) == 0
    assert "never again" in capfd.readouterr().out
    (entry,) = refused_changes.entries()
    assert main(["never", "list"]) == 0
    listed = capfd.readouterr().out
    assert listed.startswith(f"{entry.key}  {path}: ")
    assert entry.fix in listed
    main(["fix", "--write", str(path)])
    assert "def double(x):" not in path.read_text()
    path.write_text(f"# moved\n{BROKEN}")
    main(["fix", "--write", str(path)])
    assert "def double(x):" not in path.read_text()
    path.write_text(BROKEN)
    assert main(["never", "remove", entry.key[:6]]) == 0
    assert main(["fix", "--write", str(path)]) == 0
    assert path.read_text() == BROKEN.replace("(x)", "(x):")


def test_bad_usage(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    assert main(["never", "add", str(path)]) == 2
    assert "a place is PATH:LINE" in capfd.readouterr().err
    assert main(["never", "add", f"{path}:1"]) == 2
    assert "there is no offer number 1 here; 0 offered" in capfd.readouterr().err
    assert main(["never", "add", f"{tmp_path / 'nowhere.py'}:1"]) == 2
    assert main(["never", "remove", "abcd"]) == 1
    assert "nothing is refused under the key abcd" in capfd.readouterr().out
