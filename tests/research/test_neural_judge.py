"""What the trial of a neural judge asks about broken texts: which words it shows, and which edits mend them."""

import pytest

from quickfix_ls.plausibility import Plausibility
from quickfix_ls.training.corpus import Broken
from research.neural_judge.alphabet import ANSWERS, LONGEST
from research.neural_judge.examples import example_of
from tests.kit_python import PLAUSIBILITY as MODEL
from tests.kit_python import PYTHON

PLAUSIBILITY = Plausibility.load(PYTHON.tokenizer, MODEL)


def asked(broken: str, fixed: str) -> tuple[list[str], list[tuple[str, int, str]]] | None:
    """The words that are shown, and each edit: in front of which word or on it, and what."""
    with pytest.raises(SyntaxError) as caught:
        compile(broken, "<text>", "exec")
    error = caught.value
    example = example_of(Broken(broken, fixed, error.msg, "SyntaxError", error.lineno or 1), PLAUSIBILITY)
    if example is None:
        return None
    question, edits = example
    told = [("before" if place % 2 == 0 else "on", place // 2, ANSWERS[new]) for place, new in edits]
    return PLAUSIBILITY.words(question.words), told


@pytest.mark.parametrize(
    ("broken", "fixed", "edits"),
    [
        ("print(f(1)\n", "print(f(1))\n", [("before", 7, ")")]),
        ("x = 1 +* 2\n", "x = 1 * 2\n", [("on", 4, "<delete>")]),
        ("if x = 1:\n    y\n", "if x == 1:\n    y\n", [("on", 3, "==")]),
        ("print x\n", "print(x)\n", [("before", 2, "("), ("before", 3, ")")]),
        ("if x:\ny = 1\n", "if x:\n    y = 1\n", [("on", 4, "<indent>")]),
    ],
)
def test_edits_are_places_and_answers(broken: str, fixed: str, edits: list[tuple[str, int, str]]) -> None:
    found = asked(broken, fixed)
    assert found is not None
    assert found[1] == edits


def test_names_that_the_vocabulary_lacks_are_told_apart() -> None:
    found = asked("zyxwv = qponm )\n", "zyxwv = rstuv\n")
    assert found is not None
    words, edits = found
    assert words == ["<line>", "<name>", "=", "<name>", ")"]
    assert edits == [("on", 3, "<name>"), ("on", 4, "<delete>")]


def test_only_the_words_around_the_error_are_shown() -> None:
    line = "x = [" + "1, " * 400
    found = asked(f"{line} 2 3]\n", f"{line} 2, 3]\n")
    assert found is not None
    words, edits = found
    assert len(words) < LONGEST
    assert [words[index] for _, index, _ in edits] == ["3"]


def test_edits_out_of_sight_are_no_example() -> None:
    rest = "1, " * 400 + "2 3]\n"
    assert asked(f"x = [{rest}", f"y = [{rest}") is None
