"""The environment of a file: which modules it can import."""

from __future__ import annotations

from pathlib import Path

from quickfix_ls.languages.language import FilePlace
from quickfix_ls.languages.python.environment import environment_for


def modules_of(name: str, path: Path, roots: tuple[Path, ...]) -> list[str]:
    """Return the import statements for a name in a file of a workspace."""
    folders = tuple(map(str, roots))
    environment = environment_for(FilePlace(str(path), folders, folders))
    return [one.statement for one in environment.importables.for_name(name)]


def test_a_file_imports_from_its_own_workspace_folder(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, name in ((first, "whisper"), (second, "applaud")):
        folder.mkdir()
        (folder / "helpers.py").write_text(f"def {name}(times):\n    return times\n")
    roots = (first, second)
    assert modules_of("applaud", second / "main.py", roots) == ["from helpers import applaud"]
    assert modules_of("whisper", first / "main.py", roots) == ["from helpers import whisper"]
    assert modules_of("whisper", second / "main.py", roots) == []
    outside = modules_of("applaud", tmp_path / "main.py", roots)
    assert outside == ["from helpers import applaud"]
