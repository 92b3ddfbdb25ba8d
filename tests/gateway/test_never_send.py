"""Files that are never sent."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from quickfix_ls.gateway.never_send import is_git_ignored, refusal_of

FILES = {
    ".gitignore": "*.log\nbuild/\n/only_here.py\n!keep.log\nsecret\n",
    ".git/info/exclude": "excluded.py\n",
    "src/.gitignore": "generated_*.py\n!*.log\n",
    "src/sub/.gitignore": "*\n!.gitignore\n",
}
IGNORED = {
    "a.log": True,
    "keep.log": False,
    "a.py": False,
    "build/a.py": True,
    "build/deep/keep.log": True,
    "only_here.py": True,
    "src/only_here.py": False,
    "excluded.py": True,
    "src/excluded.py": True,
    "src/a.log": False,
    "src/generated_1.py": True,
    "generated_1.py": False,
    "src/sub/a.py": True,
    "src/secret/keys.py": True,
    "secret": True,
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "ignored"), IGNORED.items())
def test_what_git_ignores(repository: Path, name: str, ignored: bool) -> None:
    path = str(repository / name)
    assert is_git_ignored(path) == ignored
    assert ("git ignores this file" in refusal_of(path, ())) == ignored
    assert refusal_of(path, (), git_ignored_too=True) == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there to compare with")
def test_git_says_the_same(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exclude = (repository / ".git/info/exclude").read_text()
    shutil.rmtree(repository / ".git")
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    (repository / ".git/info").mkdir(exist_ok=True)
    (repository / ".git/info/exclude").write_text(exclude)
    for name, ignored in IGNORED.items():
        command = ["git", "-C", str(repository), "check-ignore", "-q", "--no-index", name]
        assert (subprocess.run(command).returncode == 0) == ignored, name


def test_rules_for_all_repositories_of_a_user(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(repository / "config"))
    path = str(repository / "mine.py")
    assert not is_git_ignored(path)
    (repository / "config" / "git").mkdir(parents=True)
    (repository / "config" / "git" / "ignore").write_text("mine.py\n")
    assert is_git_ignored(path)


def test_rules_are_read_anew(repository: Path) -> None:
    path = str(repository / "later.py")
    assert not is_git_ignored(path)
    (repository / ".gitignore").write_text("later.py\nand_more.py\n")
    assert is_git_ignored(path)


def test_without_a_repository_nothing_is_ignored(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    assert refusal_of(str(tmp_path / "a.py"), ()) == ""


@pytest.mark.parametrize("name", [".env", ".env.local", ".envrc", "deep/.env"])
def test_env_files_whatever_is_set(tmp_path: Path, name: str) -> None:
    assert refusal_of(str(tmp_path / name), (), git_ignored_too=True).endswith("files are never sent.")


def test_globs_and_links(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (private / "a.py").touch()
    glob = private.as_posix()
    assert refusal_of(str(private / "a.py"), (glob,)) == f"`neverSend` has {glob}, which fits this file."
    link = tmp_path / "innocent.py"
    link.symlink_to(private / "a.py")
    assert "`neverSend`" in refusal_of(str(link), (glob,))
    assert refusal_of(str(tmp_path / "b.py"), (glob,)) == ""


def test_a_document_without_a_file_may_be_sent() -> None:
    assert refusal_of("", ("/**",)) == ""
