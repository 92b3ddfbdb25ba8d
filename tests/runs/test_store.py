"""The errors of the last runs: private, bounded, written by many at once, and read whatever is in the folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.runs import store
from quickfix_ls.runs.record import Frame, RunError
from quickfix_ls.runs.store import Program, Reader, errors_for, forget, remember

pytestmark = pytest.mark.usefixtures("own_state")

PROGRAM = Program("/somewhere", "python run.py")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "run.py"
    path.write_text('row["pric"]\n')
    return path


def error_in(*paths: Path | str, message: str = "'pric'") -> RunError:
    return RunError("KeyError", message, tuple(Frame(str(path), 1, text='row["pric"]') for path in paths))


def said_in(path: Path) -> list[str]:
    return [past.error.said for past in errors_for(str(path))]


def test_an_error_is_known_until_the_program_runs_clean(source: Path) -> None:
    assert remember(PROGRAM, [error_in(source)])
    (past,) = errors_for(str(source))
    assert (past.program, past.error.said, past.place.text) == (PROGRAM, "KeyError: 'pric'", 'row["pric"]')
    assert forget(Program("/somewhere", "python other.py"))
    assert said_in(source) == ["KeyError: 'pric'"]
    assert forget(PROGRAM)
    assert said_in(source) == []


def test_another_run_replaces_the_errors_of_the_last(source: Path) -> None:
    remember(PROGRAM, [error_in(source)])
    remember(PROGRAM, [error_in(source, message="'cout'")])
    assert said_in(source) == ["KeyError: 'cout'"]


def test_an_error_is_in_the_innermost_file_of_the_users_own(tmp_path: Path, source: Path) -> None:
    main, library = tmp_path / "main.py", tmp_path / "lib" / "python3.9" / "json.py"
    main.write_text("import run\n")
    library.parent.mkdir(parents=True)
    library.write_text("loads\n")
    remember(PROGRAM, [error_in(main, source, library, json.__file__, "<string>")])
    assert said_in(source) == ["KeyError: 'pric'"]
    assert said_in(main) == said_in(library) == []


def test_links_lead_to_the_file(tmp_path: Path, source: Path) -> None:
    link = tmp_path / "link.py"
    link.symlink_to(source)
    remember(PROGRAM, [error_in(link)])
    assert said_in(source) == said_in(link) == ["KeyError: 'pric'"]


def test_what_the_user_ended_is_no_error(source: Path) -> None:
    remember(PROGRAM, [error_in(source)])
    remember(PROGRAM, [RunError("KeyboardInterrupt", "", (Frame(str(source), 1, text="row"),))])
    assert said_in(source) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_nobody_else_can_read_it(source: Path) -> None:
    store.folder().mkdir(parents=True, mode=0o755)
    remember(PROGRAM, [error_in(source)])
    (file,) = store.folder().iterdir()
    assert [path.stat().st_mode & 0o777 for path in (file.parent, file)] == [0o700, 0o600]


def test_many_programs_write_at_once(source: Path) -> None:
    program = (
        "import sys\n"
        "from quickfix_ls.runs.record import Frame, RunError\n"
        "from quickfix_ls.runs.store import Program, remember\n"
        "for number in range(40):\n"
        "    error = RunError('KeyError', f'{sys.argv[2]} {number}', (Frame(sys.argv[1], 1, text='row'),))\n"
        "    assert remember(Program('', 'shared'), [error])\n"
        "    assert remember(Program('', f'{sys.argv[2]} {number}'), [error])\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(source), name], env=environment) for name in ("a", "b")
    ]
    reader = Reader()
    while any(process.poll() is None for process in running):
        reader.look()
        assert len(reader.errors_for(str(source))) <= 81
    assert [process.wait() for process in running] == [0, 0]
    reader.look()
    last = {past.program.name: past.error.message for past in reader.errors_for(str(source))}
    assert last.pop("shared") in ("a 39", "b 39")
    assert last == {f"{name} {number}": f"{name} {number}" for name in "ab" for number in range(40)}
    assert not [path for path in store.folder().iterdir() if path.suffix != ".json"]


def test_a_reader_sees_each_change(source: Path) -> None:
    reader = Reader()
    assert not reader.look()
    remember(PROGRAM, [error_in(source)])
    assert reader.look()
    assert len(reader.errors_for(str(source))) == 1
    assert not reader.look()
    forget(PROGRAM)
    assert reader.look()
    assert reader.errors_for(str(source)) == []


def test_a_folder_that_has_not_changed_is_not_read(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(PROGRAM, [error_in(source)])
    reader = Reader()
    reader.look()
    long_ago = time.time() - 60
    os.utime(store.folder(), (long_ago, long_ago))
    reader.look()
    read: list[str] = []
    monkeypatch.setattr(os, "scandir", read.append)
    assert not reader.look()
    assert read == []


HOSTILE: tuple[Any, ...] = (
    b"",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b"1" * 10_000,
    b" " * (store.MAX_BYTES + 1),
    {"version": 2},
    {"version": 1, "folder": 3, "name": "x", "at": 0, "errors": []},
    {"version": 1, "folder": "", "name": "x", "at": "now", "errors": [1]},
    {"version": 1, "folder": "", "name": "x", "at": 1e300, "errors": [{"version": 1, "type": "E", "frames": []}]},
    {"version": 1, "folder": "", "name": "x", "at": 5, "errors": [None, [], {"version": 1, "frames": "x"}]},
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_what_we_do_not_write_counts_as_absent(source: Path, content: Any) -> None:
    remember(PROGRAM, [error_in(source)])
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (store.folder() / "0.json").write_bytes(data)
    assert said_in(source) == ["KeyError: 'pric'"]


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path, source: Path) -> None:
    remember(PROGRAM, [error_in(source)])
    (file,) = store.folder().iterdir()
    (store.folder() / "folder.json").mkdir()
    (store.folder() / "link.json").symlink_to(file)
    if hasattr(os, "mkfifo"):
        os.mkfifo(store.folder() / "pipe.json")
    assert said_in(source) == ["KeyError: 'pric'"]


def test_a_text_that_cannot_be_shown_is_made_one_that_can(source: Path) -> None:
    remember(PROGRAM, [error_in(source, message="\x1b[31m\ud800" + "x" * 10_000)])
    (said,) = said_in(source)
    assert said.startswith("KeyError:  [31m?xxx")
    assert len(said) < 1000
    said.encode()


def test_old_errors_and_those_of_too_many_programs_go(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(PROGRAM, [error_in(source)])
    (file,) = store.folder().iterdir()
    long_ago = time.time() - store.MAX_AGE_SECONDS - 60
    file.write_text(json.dumps({**json.loads(file.read_text()), "at": long_ago}))
    os.utime(file, (long_ago, long_ago))
    assert said_in(source) == []
    monkeypatch.setattr(store, "MAX_PROGRAMS", 3)
    for number in range(5):
        remember(Program("", str(number)), [error_in(source)])
    assert not file.exists()
    assert len(list(store.folder().iterdir())) == 3


def test_a_folder_that_cannot_be_written_is_no_error(source: Path) -> None:
    store.folder().parent.mkdir(parents=True)
    store.folder().write_text("")
    assert not remember(PROGRAM, [error_in(source)])
    assert not forget(PROGRAM)
    assert said_in(source) == []
