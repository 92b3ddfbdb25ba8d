"""`quickfix-ls run` beside plain `python`: nothing that a program does or shows may differ, but for the fix below."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import REPOSITORY

_SECONDS = 60
_TRUE_TO_PYTHON = {
    "arguments": "import sys; print(sys.argv, sys.path[0])",
    "attributes": "print(sorted((k, type(v).__name__) for k, v in list(globals().items())), __name__, __file__)",
    "its own module": "import __main__; x = 5; print(__main__.x, __main__.__file__, __main__.__spec__)",
    "the hook": "import sys; print(sys.excepthook is sys.__excepthook__)",
    "exit codes": "import sys; sys.exit(7)",
    "exit with a text": "import sys; sys.exit('no luck')",
    "exit with nothing": "raise SystemExit",
    "a hard exit": "import os; os._exit(9)",
    "input": "import sys; print(sys.stdin.read().upper()); print('err', file=sys.stderr)",
    "an error": "def f(a):\n    return a / 0\n\nprint('first')\nf(1)",
    "chained errors": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('b') from e",
    "a syntax error": "x = 1\nif x\n    pass\n",
    "an interrupt": "raise KeyboardInterrupt",
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "terminated": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "a hook of its own": "import sys, traceback\n"
    "def hook(kind, error, trace):\n    print('mine', len(traceback.extract_tb(trace)), error)\n"
    "sys.excepthook = hook\n1 / 0",
    "threads": "import threading\ndef f():\n    print('in thread')\nthreading.Thread(target=f).start()\n1 / 0",
    "atexit": "import atexit\natexit.register(print, 'bye')\n1 / 0",
    "pickles": "import pickle\nclass A: pass\nprint(pickle.loads(pickle.dumps(A())).__class__ is A)",
    "spawned processes": "import multiprocessing as m\ndef f(x): return x + 1\n"
    "if __name__ == '__main__':\n    with m.get_context('spawn').Pool(1) as pool:\n        print(pool.map(f, [1, 2]))",
    "signals": "import signal as s; print(s.getsignal(s.SIGINT), s.getsignal(s.SIGTERM))",
}


def _ended(command: list[str], folder: Path, given: str = "some input") -> tuple[int, str, str]:
    ours = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    variables = {**os.environ, "COLUMNS": "120"}
    variables = {**variables, "PYTHONPATH": ours} if "quickfix_ls" in command else variables
    done = subprocess.run(
        command, cwd=folder, input=given, capture_output=True, text=True, timeout=_SECONDS, env=variables
    )
    return done.returncode, done.stdout, done.stderr


def _both(arguments: list[str], folder: Path, python: str = sys.executable) -> tuple[tuple[int, str, str], ...]:
    ours = [sys.executable, "-m", "quickfix_ls", "run", "--python", python, *arguments]
    return _ended([python, *arguments], folder), _ended(ours, folder)


@pytest.mark.parametrize("name", _TRUE_TO_PYTHON)
def test_program_ends_as_without_us(name: str, tmp_path: Path) -> None:
    script = tmp_path / "a folder" / "a program.py"
    script.parent.mkdir()
    script.write_text(_TRUE_TO_PYTHON[name])
    plain, ours = _both(["a folder/a program.py", "-v", "--", "b c"], tmp_path)
    assert ours[:2] == plain[:2]
    assert ours[2].startswith(plain[2])
    assert "bootstrap" not in ours[2]


@pytest.mark.parametrize("text", ["import sys; print(sys.argv, sys.path[0], __package__, __spec__.name)", "1 / 0"])
def test_module_of_a_package_ends_as_without_us(text: str, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("")
    (tmp_path / "pack" / "part.py").write_text(text)
    plain, ours = _both(["-m", "pack.part", "-x", "--", "y"], tmp_path)
    assert ours[:2] == plain[:2]
    assert ours[2].startswith(plain[2])


def test_module_that_is_not_there(tmp_path: Path) -> None:
    plain, ours = _both(["-m", "no_such_module"], tmp_path)
    assert ours == plain
    assert plain[0] == 1


def test_script_behind_a_link_finds_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "neighbour.py").write_text("x = 'found'")
    (tmp_path / "real" / "program.py").write_text("import neighbour; print(neighbour.x)")
    (tmp_path / "link.py").symlink_to("real/program.py")
    plain, ours = _both(["link.py"], tmp_path)
    assert ours == plain == (0, "found\n", "")


def test_fix_stands_under_the_traceback(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("price = 3\nprint(pric)\n")
    plain, ours = _both(["program.py"], tmp_path)
    below = ours[2].removeprefix(plain[2])
    assert ours[0] == plain[0] == 1
    assert "print(price)" in below


def test_interpreter_that_does_not_know_us(tmp_path: Path) -> None:
    """A bare virtual environment has the traceback, and the fix all the same."""
    import venv

    venv.create(tmp_path / "bare", with_pip=False)
    (tmp_path / "program.py").write_text("values = {'price': 1}\nprint(values['pric'])\n")
    plain, ours = _both(["program.py"], tmp_path, str(tmp_path / "bare" / "bin" / "python"))
    assert ours[:2] == plain[:2]
    assert ours[2].startswith(plain[2])
    assert "values['price']" in ours[2].removeprefix(plain[2])


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10", "3.12", "3.13"])
@pytest.mark.parametrize("text", ["price = 3\nprint(pric)\n", "print(sorted(globals()), __file__)"])
def test_other_versions_of_python(version: str, text: str, tmp_path: Path) -> None:
    python = _python(version)
    if python is None:
        pytest.skip(f"CPython {version} is not installed")
    (tmp_path / "program.py").write_text(text)
    plain, ours = _both(["./program.py"], tmp_path, python)
    assert ours[:2] == plain[:2]
    assert ours[2].startswith(plain[2])
    assert ("print(price)" in ours[2].removeprefix(plain[2])) == (plain[0] == 1)


def _python(version: str) -> str | None:
    """Return an interpreter of a version: on the path, or where pyenv has it."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(root.glob(f"versions/{version}.*/bin/python"))
    return str(found[0]) if found else shutil.which(f"python{version}")


def test_signal_to_us_ends_the_program(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        "import signal, sys, time\n"
        "def ended(*_):\n    print('cleaned up', flush=True)\n    sys.exit(5)\n"
        "signal.signal(signal.SIGTERM, ended)\nprint('ready', flush=True)\ntime.sleep(50)\n"
    )
    command = [sys.executable, "-m", "quickfix_ls", "run", "--python", sys.executable, "program.py"]
    variables = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=variables) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=_SECONDS)[0] == "cleaned up\n"
        assert process.returncode == 5


def test_what_can_not_be_run_is_said(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "quickfix_ls", "run"]
    assert "there is no such file" in _ended([*command, "nowhere.py"], tmp_path)[2]
    assert "name a script" in _ended(command, tmp_path)[2]
    (tmp_path / "program.py").write_text("")
    assert "can't be started" in _ended([*command, "--python", "/no/python", "program.py"], tmp_path)[2]
