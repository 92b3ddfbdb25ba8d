"""The parts of the documentation that are made from the code are current, and what it shows of settings is valid."""

from __future__ import annotations

import json
import re
import runpy
import sys
from itertools import chain
from typing import Any

import pytest

from quickfix_ls.cli import main
from quickfix_ls.health_lines import LINES
from quickfix_ls.providers import all_profiles
from quickfix_ls.settings.schema import json_schema, read
from quickfix_ls.settings.sources import spelt
from tests.kit import REPOSITORY
from tests.kit_commands import documents

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DOCS = REPOSITORY / "docs"
TEXTS = {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in documents()}


def shown(language: str, marked: str) -> list[tuple[str, str]]:
    """All blocks of a language in which a word stands, each with its page."""
    block = re.compile(rf"^```{language}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    return [(page, found) for page, text in TEXTS.items() for found in block.findall(text) if marked in found]


def test_the_pages_are_current() -> None:
    made = runpy.run_path(str(DOCS / "make_reference.py"))["pages"]()
    assert {path.name for path in made} >= {"settings.md", "command-line.md", "troubleshooting.md"}
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, "run: python docs/make_reference.py"


def test_every_setting_has_a_section() -> None:
    sections = re.findall(r"^### `(\w+)`$", TEXTS["docs/settings.md"], re.MULTILINE)
    assert sections == [key.removeprefix("quickfix-ls.") for key in json_schema()]


def test_every_provider_is_shown_with_settings() -> None:
    providers = [json.loads(text)["quickfix-ls"]["provider"] for _, text in shown("json", '"provider"')]
    kinds = {provider if isinstance(provider, str) else provider["kind"] for provider in providers}
    assert kinds == set(all_profiles())


def sections(shown_json: Any) -> list[Any]:
    """What stands under our section's name, at any depth. An editor's own configuration often calls the server by the
    same name: its entry has a command, or holds the section under `settings`, and isn't settings itself."""
    if isinstance(shown_json, list):
        return list(chain.from_iterable(map(sections, shown_json)))
    if not isinstance(shown_json, dict):
        return []
    own = shown_json.get("quickfix-ls")
    if isinstance(own, dict) and not {"command", "settings"} & own.keys():
        return [own]
    return sections(list(shown_json.values()))


SECTIONS = [(page, section) for page, text in shown("json", '"quickfix-ls"') for section in sections(json.loads(text))]


def test_settings_are_found_in_the_configuration_of_an_editor() -> None:
    assert {"editors/zed/README.md", "docs/language-models.md"} <= dict(SECTIONS).keys()


@pytest.mark.parametrize(("page", "section"), SECTIONS)
def test_settings_in_json_are_valid(page: str, section: dict[str, Any]) -> None:
    assert read({"quickfix-ls": section})[1] == []


@pytest.mark.parametrize(("page", "text"), shown("toml", "tool.quickfix-ls"))
def test_settings_in_toml_are_valid(page: str, text: str) -> None:
    settings, complaints = read(tomllib.loads(text)["tool"]["quickfix-ls"], spelt=spelt)
    assert complaints == []
    assert settings != read(None)[0]


def test_every_line_of_the_doctor_is_in_the_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    lines = re.findall(r"^(?:works|optional|missing) +(.+?): ", capsys.readouterr().out, re.MULTILINE)
    assert len(lines) >= 15
    known = "|".join(re.escape(what).replace(r"\{name\}", r"\w+") for what in LINES)
    assert [line for line in lines if not re.fullmatch(known, line)] == []
