"""Where settings come from: each key through each place, which place wins, and what is wrong where."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.errors import UsageError
from quickfix_ls.settings import Layer, ProviderSettings, Settings, assignments, for_document, json_schema, resolve
from quickfix_ls.settings.schema import outside
from tests.settings.key_forms import kebab, variable

# For each key: a value in JSON, and in TOML, and as plain text in the environment.
KEYS: dict[str, tuple[Any, str, str]] = {
    "diagnostics": ("off", '"off"', "off"),
    "maxOffers": (2, "2", "2"),
    "minProbability": (0.25, "0.25", "0.25"),
    "selector": ("first", '"first"', "first"),
    "targetVersion": ("3.10", '"3.10"', "3.10"),
    "logLevel": ("debug", '"debug"', "debug"),
    "disabledFixers": (["add_colon", "add_comma"], '["add_colon", "add_comma"]', "add_colon, add_comma"),
    "perPath": ({"/x/*.py": "all"}, '{"/x/*.py" = "all"}', '{"/x/*.py": "all"}'),
    "exclude": (["/x/build"], '["/x/build"]', "/x/build"),
    "checkers": (["ruff", "mypy"], '["ruff", "mypy"]', "ruff, mypy"),
    "provider": ("ollama", '"ollama"', "ollama"),
    "k": (2, "2", "2"),
    "variants": (["plain", "few_shot"], '["plain", "few_shot"]', "plain,few_shot"),
    "deadlineSeconds": (1.5, "1.5", "1.5"),
    "generateWhen": ("always", '"always"', "always"),
    "finishInBackground": (True, "true", "true"),
    "schemaFile": ("/x/schema.json", '"/x/schema.json"', "/x/schema.json"),
    "dialect": ("postgres", '"postgres"', "postgres"),
    "databases": ({"/x/*.sql": "/x/shop.db"}, '{"/x/*.sql" = "/x/shop.db"}', '{"/x/*.sql": "/x/shop.db"}'),
    "explain": (True, "true", "true"),
    "dailyTokens": (1000, "1000", "1000"),
    "monthlyTokens": (2000, "2000", "2000"),
    "redact": (["cust-[0-9]+"], '["cust-[0-9]+"]', "cust-[0-9]+"),
    "neverSend": (["/x/secret"], '["/x/secret"]', "/x/secret"),
    "sendGitIgnored": (True, "true", "true"),
}
USERS_ALONE = {"checkers", "sendGitIgnored", "schemaFile", "databases", "explain"}
"""What a project's files can't set; what they can set in part is in test_trust."""


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def held(settings: Settings, key: str) -> object:
    """A setting's value as JSON has it."""
    value = next(getattr(settings, name) for name in Settings.__slots__ if outside(name) == key)
    if key == "perPath":
        return {glob: "all" if names == ("all",) else list(names) for glob, names in value}
    if key == "databases":
        return dict(value)
    return value.kind if isinstance(value, ProviderSettings) else list(value) if isinstance(value, tuple) else value


def test_the_table_has_every_key() -> None:
    assert {f"quickfix-ls.{key}" for key in KEYS} == set(json_schema())


@pytest.mark.parametrize("spelling", [str, kebab], ids=["camel", "kebab"])
@pytest.mark.parametrize("key", [key for key in KEYS if key not in USERS_ALONE])
def test_each_key_through_the_files(tmp_path: Path, key: str, spelling: Any) -> None:
    value, toml, _ = KEYS[key]
    assert held(Settings(), key) != value
    project, own = tmp_path / "project", tmp_path / "own"
    put(project / "pyproject.toml", f"[tool.quickfix-ls]\n{spelling(key)} = {toml}\n")
    put(own / "quickfix-ls.toml", f"{spelling(key)} = {toml}\n")
    for folder in (project, own):
        settings, complaints = resolve(str(folder / "package"), environ={})
        assert complaints == []
        assert held(settings, key) == value


@pytest.mark.parametrize("key", KEYS)
def test_each_key_through_the_environment_plain_and_as_json(key: str) -> None:
    value, _, plain = KEYS[key]
    for text in (plain, json.dumps(value)):
        settings, complaints = resolve("", environ={variable(key): text})
        assert complaints == []
        assert held(settings, key) == value


@pytest.mark.parametrize("key", KEYS)
def test_each_key_through_the_editor_and_the_command_line(key: str) -> None:
    value, _, plain = KEYS[key]
    assert held(for_document("", (), ({key: value},), environ={})[0], key) == value
    given = assignments([f"{kebab(key)}={plain}"])
    assert held(resolve("", [Layer(given, "--set")], environ={})[0], key) == value


def test_later_places_win(tmp_path: Path) -> None:
    def offers(*editor: object, **environ: str) -> int:
        return for_document(str(tmp_path / "a.py"), (), editor, environ)[0].max_offers

    assert offers() == 3
    put(tmp_path / "pyproject.toml", "[tool.quickfix-ls]\nmax-offers = 4\nselector = 'first'\n")
    assert offers() == 4
    put(tmp_path / "quickfix-ls.toml", "maxOffers = 5\n")
    assert offers() == 5
    assert offers(QUICKFIX_LS_MAX_OFFERS="6") == 6
    assert offers({"maxOffers": 7}, QUICKFIX_LS_MAX_OFFERS="6") == 7
    assert offers({"maxOffers": 7}, {"maxOffers": 8}) == 8
    # A place that is silent about a key leaves it as it is.
    assert resolve(str(tmp_path), environ={})[0] == Settings(max_offers=5, selector="first")


def test_the_nearest_folder_with_a_configuration_decides(tmp_path: Path) -> None:
    put(tmp_path / "quickfix-ls.toml", "maxOffers = 4\nselector = 'first'\n")
    put(tmp_path / "inner" / "pyproject.toml", "[tool.quickfix-ls]\nmaxOffers = 5\n")
    put(tmp_path / "silent" / "pyproject.toml", "[tool.other]\nx = 'quickfix-ls'\n")
    deep = tmp_path / "inner" / "a" / "b"
    assert resolve(str(deep), environ={})[0] == Settings(max_offers=5)
    assert resolve(str(tmp_path / "silent"), environ={})[0] == Settings(max_offers=4, selector="first")
    # A document that is no file belongs to the first workspace folder.
    assert for_document("", (str(deep), str(tmp_path)), (), {})[0].max_offers == 5


def test_a_file_is_read_anew_when_it_changes(tmp_path: Path) -> None:
    path = put(tmp_path / "quickfix-ls.toml", "maxOffers = 4\n")
    assert resolve(str(tmp_path), environ={})[0].max_offers == 4
    put(path, "max-offers = 5\n")
    assert resolve(str(tmp_path), environ={})[0].max_offers == 5
    path.unlink()
    assert resolve(str(tmp_path), environ={})[0].max_offers == 3


@pytest.mark.parametrize("name", ["pyproject.toml", "quickfix-ls.toml"])
def test_what_is_wrong_in_a_file_names_file_and_key(tmp_path: Path, name: str) -> None:
    table = "[tool.quickfix-ls]\n" if name == "pyproject.toml" else ""
    path = put(tmp_path / name, f"{table}max-offers = 'many'\nmax-offer = 2\nselector = 'first'\n")
    settings, complaints = resolve(str(tmp_path), environ={})
    assert settings == Settings(selector="first")
    value, key = complaints
    assert value.startswith(str(path))
    assert "`max-offers` must be a whole number from 1 to 10, not 'many'; 3 holds." in value
    assert key.startswith(str(path))
    assert key.endswith("there is no setting `max-offer`; did you mean `maxOffers`?")


def test_a_file_that_is_no_toml_is_one_complaint_and_the_other_holds(tmp_path: Path) -> None:
    broken = put(tmp_path / "quickfix-ls.toml", "maxOffers = \n")
    put(tmp_path / "pyproject.toml", "[tool.quickfix-ls]\nmaxOffers = 4\n")
    settings, (complaint,) = resolve(str(tmp_path), environ={})
    assert settings == Settings(max_offers=4)
    assert complaint.startswith(f"{broken}: can't be read as TOML: ")


def test_files_and_variables_that_go_too_deep_are_told() -> None:
    deep = "[" * 100_000
    settings, (complaint,) = resolve("", environ={"QUICKFIX_LS_EXCLUDE": deep})
    assert settings == Settings()
    assert complaint.startswith("environment: `QUICKFIX_LS_EXCLUDE` must be a list of texts")
    assert len(complaint) < 400


@pytest.mark.skipif(os.name == "nt", reason="there the present folder can't be removed")
def test_without_a_present_folder_there_are_settings_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert resolve("", [Layer({"maxOffers": 2})], {}) == (Settings(max_offers=2), [])


def test_what_is_wrong_in_the_environment_names_the_variable() -> None:
    environ = {"QUICKFIX_LS_MAX_OFFERS": "0", "QUICKFIX_LS_MAX_OFFER": "1", "QUICKFIX_LS_SELECTOR": "", "PATH": "x"}
    settings, (unknown, wrong) = resolve("", environ=environ)
    assert settings == Settings()
    assert unknown.startswith("environment: there is no setting `QUICKFIX_LS_MAX_OFFER`; ")
    assert wrong == "environment: `QUICKFIX_LS_MAX_OFFERS` must be a whole number from 1 to 10, not 0; 3 holds."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("maxOffers", "a setting is set by `key=value`"),
        ("maxOffer=2", "there is no setting `maxOffer`"),
        ("max-offers=x", "`max-offers` must be a whole number from 1 to 10, not 'x'"),
    ],
)
def test_a_wrong_assignment_is_bad_usage(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=f".*{words}"):
        assignments([text])


def test_globs_are_anchored_where_they_are_written(tmp_path: Path) -> None:
    put(tmp_path / "quickfix-ls.toml", "exclude = ['gen', 'src/old']\n")
    base = tmp_path.as_posix()
    assert resolve(str(tmp_path / "src"), environ={})[0].exclude == (f"{base}/**/gen", f"{base}/src/old")
    roots = (str(tmp_path), str(tmp_path / "src"))
    editor = ({"exclude": ["a/b"]},)
    assert for_document(str(tmp_path / "src" / "x.py"), roots, editor, {})[0].exclude == (f"{base}/src/a/b",)
    assert resolve("", [Layer({"exclude": ["a/b"]})], {})[0].exclude == (f"{Path(os.getcwd()).as_posix()}/a/b",)
