"""The command line with a language model: `show-request`, `fix --with-model` and `evaluate --provider`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quickfix_ls.cli import main
from tests.kit_models import answers, says, serving

pytestmark = pytest.mark.usefixtures("own_state")

BROKEN = (
    "KEY = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'\n\n\ndef positive(xs):\n    return [x for x in xs given x > 0]\n"
)
FIXED = BROKEN.replace("given", "if")
GOOD = "5|    return [x for x in xs if x > 0]"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "page.py"
    path.write_text(BROKEN)
    return path


# -- show-request ----------------------------------------------------------------------------------------------


def test_a_request_is_shown_as_it_is_sent(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serving(says(GOOD)) as (models, provider):
        settings = ["--set", f"provider={provider}", "--set", "k=1", "--set", "generateWhen=always"]
        assert main(["show-request", f"{broken}:5", *settings]) == 0
        head, _, body = capfd.readouterr().out.partition("\n")
        assert not models.received
        assert main(["fix", str(broken), "--with-model", *settings]) == 0
        (received,) = models.received
        assert head == f"# plain: POST {models.url}/chat/completions"
        assert json.loads(body) == received.body
        assert "ghp_" not in body
        assert "5|    return [x for x in xs given x > 0]" in received.question


def test_every_variant_is_shown_with_what_they_share(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show-request", f"{broken}:5", "--set", "provider=ollama", "--set", "k=3"]) == 0
    shown = capfd.readouterr().out
    assert shown.count("# ") == 3
    assert shown.count("Line 5: SyntaxError: invalid syntax") == 3


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (["provider=ollama", "generateWhen=never"], "`generateWhen` is `never`"),
        (["provider=ollama", "variants=few_shot"], "no variant has what it needs"),
    ],
)
def test_where_nothing_is_sent_the_last_line_says_why(
    broken: Path, capfd: pytest.CaptureFixture[str], settings: list[str], words: str
) -> None:
    options = [option for setting in settings for option in ("--set", setting)]
    assert main(["show-request", f"{broken}:5", *options]) == 1
    assert words in capfd.readouterr().out.splitlines()[-1]


def test_a_sure_fix_means_that_nothing_is_sent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sure.py"
    path.write_text("for x in range(3)\n    print(x)\n")
    assert main(["show-request", f"{path}:1", "--set", "provider=ollama"]) == 1
    assert "a fix is sure enough" in capfd.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    ("place", "settings", "words"),
    [
        ("{}", ["--set", "provider=ollama"], "a place is PATH:LINE"),
        ("{}:1", ["--set", "provider=ollama"], "there is no problem at this line"),
        ("{}:5", [], "no model is configured"),
        ("{}:5", ["--set", "provider=nobody"], "nobody"),
        ("{}:5", ["--set", "provider=ollama", "--set", "neverSend=page.py"], "never"),
        ("{}.missing:5", ["--set", "provider=ollama"], "can't be read"),
    ],
)
def test_what_can_not_be_shown_is_said(
    broken: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    settings: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(broken.parent)
    assert main(["show-request", place.format(broken), *settings]) == 2
    assert words in capfd.readouterr().err


# -- fix -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [[], ["--diff"], ["--json"], ["--write"]])
def test_no_model_is_asked_without_the_flag(broken: Path, capfd: pytest.CaptureFixture[str], mode: list[str]) -> None:
    with serving(says(GOOD)) as (models, provider):
        main(["fix", *mode, str(broken), "--set", f"provider={provider}", "--set", "generateWhen=always"])
        assert not models.received
        assert "scripted-1" not in capfd.readouterr().out


def test_with_the_flag_its_fix_is_written(broken: Path) -> None:
    broken.write_text(BROKEN.replace("[x for x in xs given x > 0]", "[x of xs given x > 0]"))
    with serving(says(GOOD)) as (models, provider):
        options = ["--with-model", str(broken), "--set", f"provider={provider}"]
        assert main(["fix", "--write", *options]) == 1
        assert broken.read_text() != FIXED
        assert main(["fix", "--write", "--unsafe", *options]) == 0
        assert broken.read_text() == FIXED
        assert models.received


def test_the_flag_without_a_provider_is_bad_usage(broken: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--with-model", str(broken)]) == 2
    assert "set `provider`" in capfd.readouterr().err
    assert main(["fix", "--with-model", "--check", str(broken), "--set", "provider=ollama"]) == 2


# -- evaluate --------------------------------------------------------------------------------------------------


def rows(path: Path) -> Path:
    one = {"lang": "python", "kind": "syntax", "error": "invalid syntax", "edit_tokens": 1}
    texts = [(BROKEN, FIXED, 5), ("x = (1\n", "x = (1)\n", 1)]
    lines = [
        json.dumps({"id": str(n), "broken": broken, "fixed": fixed, "line": line, **one})
        for n, (broken, fixed, line) in enumerate(texts)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_each_way_to_ask_is_measured(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def reply(question: str) -> str:
        if "given" not in question:
            return "1|x = (1)" if "Fix it." in question else "I don't know."
        return GOOD if "Write the changed lines." in question else "1|nonsense ("

    out = tmp_path / "figures.json"
    with serving(answers(reply)) as (_, provider):
        data = rows(tmp_path / "rows.jsonl")
        assert main(["evaluate", "--provider", provider, "--json", str(out), str(data)]) == 0
    table = capfd.readouterr().out
    figures = json.loads(out.read_text())
    by_name = {one["variant"]: one for one in figures["variants"]}
    assert set(by_name) == {"plain", "system_senior", "system_minimal", "chain_of_thought", "predicted_output"}
    assert all(name in table for name in by_name)
    assert by_name["plain"]["exact"]["count"] == by_name["plain"]["coverage"]["count"] == 1
    assert by_name["system_minimal"]["exact"]["count"] == 1
    assert by_name["chain_of_thought"]["coverage"]["count"] == 0
    assert sum(one["gain"] for one in figures["variants"]) == figures["pass_at_k"]["count"] == 2
    assert (by_name["plain"]["sent"], by_name["plain"]["received"]) == (11, 4)
    assert figures["voted"]["count"] == 2
    assert figures["rows"] == 2


def test_an_embedded_model_needs_its_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = rows(tmp_path / "rows.jsonl")
    assert main(["evaluate", "--provider", "embedded", str(data)]) == 2
    assert "modelPath" in capfd.readouterr().err
