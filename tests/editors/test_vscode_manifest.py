"""The VS Code extension's manifest and icon are made by scripts, and are current."""

from __future__ import annotations

import json
import re
import runpy
from typing import Any

from quickfix_ls.languages import name_for
from tests.kit import REPOSITORY

EXTENSION = REPOSITORY / "editors" / "vscode"


def run(script: str) -> dict[str, Any]:
    return runpy.run_path(str(EXTENSION / script))


def test_the_servers_settings_in_the_manifest_are_those_of_the_schema() -> None:
    made = run("make_manifest.py")
    text = (EXTENSION / "package.json").read_text()
    assert text == made["text_of"](made["generated"](json.loads(text))), "run: python editors/vscode/make_manifest.py"


def test_a_workspace_cannot_set_what_starts_programs_or_sends_text() -> None:
    groups = json.loads((EXTENSION / "package.json").read_text())["contributes"]["configuration"]
    scopes = {key: schema["scope"] for group in groups for key, schema in group["properties"].items()}
    names = ("path", "interpreter", "args", "importStrategy", "wheels", "checkers", "provider", "sendGitIgnored")
    assert {scopes[f"quickfix-ls.{name}"] for name in names} == {"machine"}


def test_the_extension_starts_for_the_documents_that_it_serves() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text())
    (served,) = re.findall(r"LANGUAGES = (\[.*\]);", (EXTENSION / "src" / "documents.ts").read_text())
    started = [event.partition(":")[2] for event in manifest["activationEvents"] if event.startswith("onLanguage:")]
    assert started == json.loads(served)
    assert {name_for(language, "") for language in started} == {"python", "sql"}
    shown = {entry["when"] for entry in manifest["contributes"]["menus"]["commandPalette"]}
    assert shown == {"false", f"editorLangId =~ /^({'|'.join(started)})$/"}


def test_the_icon_is_drawn_by_its_script() -> None:
    assert (EXTENSION / "media" / "icon.png").read_bytes() == run("make_icon.py")["png"](), (
        "run: python editors/vscode/make_icon.py"
    )


def test_no_lock_file_names_a_registry() -> None:
    assert '"resolved"' not in (EXTENSION / "package-lock.json").read_text()
