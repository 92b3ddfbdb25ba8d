"""What each variant says, word for word, and what they have in common."""

from __future__ import annotations

import json

import pytest

from quickfix_ls.prompts import END, AcceptedFix, Material, Naming, all_variants, eligible, needs_of

MATERIAL = Material(
    error="SyntaxError: '(' was never closed",
    line=8,
    first=7,
    lines=("def area(width, height):", "    return scale(width * height", ""),
    naming=Naming("Python"),
    neighbours=("def scale(value, factor=1):\n    return value * factor",),
    schema="rooms(id INTEGER, area REAL)",
    examples=(AcceptedFix("SyntaxError: expected ':'", "if x", "if x:"),),
)

QUESTIONS = {
    "plain": "Write the changed lines.",
    "chain_of_thought": "Say in at most three short sentences what the author meant and why Python refuses it. "
    "Then write a line EDIT, and below it the changed lines.",
    "predicted_output": "Answer with one JSON object instead: "
    '{"expected": "what these lines should print or evaluate to, in a few words", '
    '"lines": [{"line": 12, "text": "    total = add(1, 2)"}]}',
    "system_senior": "You are a senior engineer who reviews this file and knows its author's habits: keep the style "
    "and the names of the lines around, look for a second mistake of the same kind, and mend both. "
    "Write the changed lines.",
    "system_minimal": "Fix it.",
    "with_neighbours": """\
Elsewhere in the file:

def scale(value, factor=1):
    return value * factor

Write the changed lines.""",
    "with_schema": """\
The database has:
rooms(id INTEGER, area REAL)

Write the changed lines.""",
    "few_shot": """\
The author mended these alike:

SyntaxError: expected ':'
before:
if x
after:
if x:

Write the changed lines.""",
}


@pytest.mark.parametrize("name", all_variants())
def test_the_question_word_for_word(name: str) -> None:
    assert all_variants()[name].prompt(MATERIAL).question == QUESTIONS[name]


def test_what_all_share_word_for_word() -> None:
    prompt = all_variants()["plain"].prompt(MATERIAL)
    assert (
        prompt.system
        == """\
You mend Python code. You get an error message and lines of a file, each with its number and a bar.
Change as little as possible: mend the error, and keep everything else. Never delete or silence code to be rid of it.
Answer with the lines that change and no others: number, bar, and the whole new line with its indentation, like
12|    total = add(1, 2)
To insert a line, give it the number of the line before it, and write it after that line.
To delete a line, write nothing after its bar. End with a line END."""
    )
    assert (
        prompt.shared
        == """\
Line 8: SyntaxError: '(' was never closed

7|def area(width, height):
8|    return scale(width * height
9|"""
    )
    assert prompt.prediction == "8|    return scale(width * height"


def test_the_beginning_is_the_same_to_the_byte() -> None:
    prompts = [one.prompt(MATERIAL) for one in all_variants().values()]
    assert len({(prompt.system, prompt.shared) for prompt in prompts}) == 1
    assert len({prompt.question for prompt in prompts}) == len(prompts)


def test_an_answer_may_be_as_long_as_its_region_and_what_it_thinks() -> None:
    long = Material("e", 1, 1, ("x = 1",) * 10_000, Naming("Python"))
    plain, thinking = all_variants()["plain"], all_variants()["chain_of_thought"]
    assert plain.prompt(MATERIAL).max_tokens == 48
    assert plain.prompt(long).max_tokens == 400
    assert thinking.prompt(long).max_tokens == 400 + thinking.thinking


def test_only_a_structured_answer_goes_without_a_stop() -> None:
    for one in all_variants().values():
        prompt = one.prompt(MATERIAL)
        assert prompt.stop == (() if prompt.reply_schema else (f"\n{END}",))
    schema = json.loads(all_variants()["predicted_output"].prompt(MATERIAL).reply_schema)
    assert schema["properties"]["lines"]["items"]["required"] == ["line", "text"]


def test_a_variant_without_what_it_needs_is_left_out() -> None:
    bare = Material("e", 1, 1, ("x = (",), Naming("Python"))
    names = ["few_shot", "plain", "with_schema", "plain", "nonsense", "with_neighbours"]
    assert [one.name for one in eligible(names, bare)] == ["plain"]
    assert [one.name for one in eligible(names, MATERIAL)] == ["few_shot", "plain", "with_schema", "with_neighbours"]
    assert needs_of(names) == {"examples", "schema", "neighbours"}
    assert needs_of(["plain"]) == frozenset()


def test_an_error_outside_of_the_lines_has_no_prediction() -> None:
    assert all_variants()["plain"].prompt(Material("e", 9, 1, ("x = (",), Naming("Python"))).prediction == ""
