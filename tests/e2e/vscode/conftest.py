"""A window of VS Code with our extension, started once for all tests that need nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.vscode.figures import Figures
from tests.e2e.vscode.installed import FOUND, INSTALL, Installed
from tests.e2e.vscode.packages import ours
from tests.e2e.vscode.started import Started, started
from tests.e2e.vscode.window import Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and say why it is skipped."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.editors)
            if FOUND is None:
                item.add_marker(pytest.mark.skip(reason=f"no code-server: {INSTALL} installs it"))
            elif ours() is None:
                item.add_marker(pytest.mark.skip(reason="no .vsix: `npm run package` in editors/vscode builds it"))


@pytest.fixture(scope="session")
def programs() -> Installed:
    assert FOUND is not None
    return FOUND


@pytest.fixture(scope="session")
def vscode(programs: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A window on an empty folder, with our extension and the server of this tree."""
    with started(programs, tmp_path_factory.mktemp("vscode")) as one:
        yield one


@pytest.fixture
def window(vscode: Started) -> Iterator[Window]:
    """That window without editors."""
    vscode.window.close_all()
    yield vscode.window
    vscode.window.close_all()


@pytest.fixture
def folder(vscode: Started, request: pytest.FixtureRequest) -> Path:
    """A folder for the files of one test, within the window's."""
    name = "".join(letter if letter.isalnum() else "_" for letter in request.node.name)
    place = vscode.folder / name
    place.mkdir()
    return place


@pytest.fixture(scope="session")
def figures() -> Figures:
    return Figures()
