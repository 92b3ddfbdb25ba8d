"""Settings as editors send them: right ones hold, wrong ones are named and harm nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from quickfix_ls.settings import ProviderSettings, Settings, json_schema, read


@pytest.mark.parametrize("nothing", [None, {}, [], "", {"quickfix-ls": {}}, {"quickfix-ls": {}, "other": 1}])
def test_nothing_set_means_the_defaults(nothing: object) -> None:
    assert read(nothing) == (Settings(), [])


def test_names_are_camel_case_outside() -> None:
    settings, complaints = read(
        {
            "diagnostics": "off",
            "maxOffers": 1,
            "minProbability": 0.5,
            "selector": "first",
            "targetVersion": "3.10",
            "logLevel": "debug",
            "disabledFixers": ["close_bracket"],
            "perPath": {"tests/**": ["add_colon"], "old": "all"},
            "exclude": ["build"],
            "provider": {"kind": "openai", "apiKeyCommand": ["pass", "openai"], "model": "gpt-4.1"},
            "k": 2,
            "variants": ["plain"],
            "deadlineSeconds": 1,
            "generateWhen": "never",
            "finishInBackground": True,
            "dialect": "duckdb",
            "databases": {"a/**": "b.db"},
            "schemaFile": "schema.json",
            "explain": True,
            "dailyTokens": 10,
            "monthlyTokens": None,
            "redact": ["x+"],
            "neverSend": ["private"],
            "sendGitIgnored": True,
        }
    )
    assert complaints == []
    per_path = (("tests/**", ("add_colon",)), ("old", ("all",)))
    first = ("off", 1, 0.5, "first", "3.10", "debug", ("close_bracket",), per_path, ("build",))
    provider = ProviderSettings("openai", model="gpt-4.1", api_key_command=("pass", "openai"))
    database = ("duckdb", (("a/**", "b.db"),), "schema.json", True)
    rest = (2, ("plain",), 1, "never", True, *database, 10, None, ("x+",), ("private",), True)
    assert settings == Settings(*first, provider, *rest)


def test_the_section_may_be_wrapped() -> None:
    assert read({"quickfix-ls": {"maxOffers": 2}, "editor": {}})[0].max_offers == 2


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("diagnostics", "sometimes", "one of 'auto', 'on', 'off'"),
        ("diagnostics", True, "one of 'auto', 'on', 'off'"),
        ("maxOffers", "three", "a whole number from 1 to 10"),
        ("maxOffers", 0, "a whole number from 1 to 10"),
        ("maxOffers", 2.5, "a whole number from 1 to 10"),
        ("maxOffers", True, "a whole number from 1 to 10"),
        ("minProbability", 1.5, "a number or null from 0 to 1"),
        ("targetVersion", "2.7", "a text or null like `3.10`"),
        ("targetVersion", 3.1, "a text or null like `3.10`"),
        ("disabledFixers", "close_bracket", "a list of texts"),
        ("disabledFixers", [1], "a list of texts"),
        ("logLevel", "loud", "one of 'error', 'warning', 'info', 'debug', 'trace'"),
        ("selector", None, "a text"),
        ("perPath", ["tests"], "an object of globs, each with a list of texts or 'all'"),
        ("perPath", {"tests": "close_bracket"}, "an object of globs, each with a list of texts or 'all'"),
        ("exclude", "build", "a list of texts"),
        ("k", 0, "a whole number from 1 to 16"),
        ("deadlineSeconds", 0, "a number from 0.1 to 600"),
        ("generateWhen", "maybe", "one of 'unsure', 'always', 'never'"),
        ("finishInBackground", 1, "true or false"),
        ("dailyTokens", -1, "a whole number or null from 0 to 1000000000000"),
        ("redact", ["("], "a list of regular expressions"),
        ("variants", "plain", "a list of texts"),
    ],
)
def test_a_wrong_value_is_named_and_the_default_holds(key: str, value: Any, words: str) -> None:
    settings, complaints = read({key: value, "maxOffers" if key != "maxOffers" else "logLevel": 5})
    (complaint, *rest) = complaints
    assert f"`{key}` must be {words}, not {value!r}; " in complaint
    assert len(rest) == (key == "maxOffers")
    assert settings == Settings(max_offers=3 if key == "maxOffers" else 5)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "null, the name of a kind of provider, or an object with a `kind`"),
        ("", "null, the name of a kind of provider, or an object with a `kind`"),
        ({"model": "hunter2"}, "null, the name of a kind of provider, or an object with a `kind`"),
        (
            {"kind": "openai", "apiKey": "hunter2"},
            "an object with no other keys than kind, baseUrl, model, apiKeyEnv, ",
        ),
        ({"kind": "openai", "baseUrl": "https://me:hunter2@example.com"}, "an object whose `baseUrl` begins with http"),
        (
            {"kind": "openai", "baseUrl": "https://example.com/?key=hunter2"},
            "an object whose `baseUrl` begins with http",
        ),
        ({"kind": "openai", "baseUrl": "file:///hunter2"}, "an object whose `baseUrl` begins with http"),
        ({"kind": "openai", "model": 7}, "an object whose `model` is a text"),
        ({"kind": "openai", "apiKeyCommand": "echo hunter2"}, "an object whose `apiKeyCommand` is a list of texts"),
        ({"kind": "openai", "without": ["hunter2"]}, "an object whose `without` has only words from temperature, "),
        ({"kind": "embedded", "idleSeconds": 0}, "an object whose `idleSeconds` is a number from 1 to 86400"),
        ({"kind": "openai", "concurrency": 1.5}, "an object whose `concurrency` is a number from 1 to 64"),
    ],
)
def test_a_wrong_provider_is_told_without_its_values(value: Any, words: str) -> None:
    settings, (complaint,) = read({"provider": value})
    assert settings == Settings()
    assert f"`provider` must be {words}" in complaint
    assert "hunter2" not in complaint


def test_a_text_is_short_for_a_kind() -> None:
    assert read({"provider": "ollama"}) == read({"provider": {"kind": "ollama"}})
    assert read({"provider": None}, read({"provider": "ollama"})[0])[0].provider is None


def test_an_unknown_key_is_told_what_there_is() -> None:
    settings, (complaint,) = read({"maxOffer": 2, "diagnostics": "on"})
    assert complaint == "quickfix-ls: there is no setting `maxOffer`; did you mean `maxOffers`?"
    assert settings == Settings(diagnostics="on")
    assert read({"colour": 2})[1] == ["quickfix-ls: there is no setting `colour`."]


def test_keys_of_editors_extensions_are_no_settings_and_no_news() -> None:
    theirs = {"path": [], "interpreter": ["python"], "args": [], "importStrategy": "useBundled", "enable": True}
    theirs |= {"showNotifications": "off", "trace": {"server": "off"}, "policyFile": "", "languageModel": {}}
    assert read({**theirs, "maxOffers": 2}) == (Settings(max_offers=2), [])
    # In a project's own file they mean nothing.
    assert read({"interpreter": []}, origin="a.toml")[1] == ["a.toml: there is no setting `interpreter`."]


@pytest.mark.parametrize("raw", [3, ["x"], "on", True])
def test_what_is_no_object_changes_nothing(raw: object) -> None:
    settings, (complaint,) = read(raw)
    assert settings == Settings()
    assert "must be an object" in complaint


def test_later_settings_are_laid_over_earlier_ones() -> None:
    first, _ = read({"maxOffers": 1, "diagnostics": "on"})
    assert read({"diagnostics": "off"}, first)[0] == Settings(diagnostics="off", max_offers=1)


def test_every_default_is_right_by_its_own_schema() -> None:
    schema = json_schema()
    defaults = {key.removeprefix("quickfix-ls."): value["default"] for key, value in schema.items()}
    assert read(defaults) == (Settings(), [])
    assert all(value["markdownDescription"].endswith(".") for value in schema.values())
