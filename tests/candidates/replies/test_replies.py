"""Whatever a model answers: edits within the region, or a refusal with its reason; never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls.candidates.replies import Reply, ReplyRegion, read_reply
from quickfix_ls.candidates.replies.text_diff import edits_between
from quickfix_ls.languages.python.compile_check import compile_check
from quickfix_ls.values import Edit, apply_edits
from tests.candidates.replies.answers import CUT, CUT_AND_READ, FIRST, LINE, LINE_9, MENDED, READ, REFUSED, REGION
from tests.kit_python import PYTHON

START = 1000


def read(answer: str, region: str = REGION, *, complete: bool = True) -> Reply:
    def fits(edits: tuple[Edit, ...]) -> bool:
        return compile_check(apply_edits(region, edits, START)) is None

    return read_reply(answer, ReplyRegion(region, START, FIRST, LINE, PYTHON.lexis), fits, complete=complete)


def after(reply: Reply, region: str = REGION) -> str:
    assert reply.refusal is None, reply
    return apply_edits(region, reply.edits, START)


@pytest.mark.parametrize("name", READ)
def test_it_is_read(name: str) -> None:
    answer, wanted = READ[name]
    assert after(read(answer)) == wanted


@pytest.mark.parametrize("name", READ)
def test_it_is_read_in_a_file_with_other_line_ends(name: str) -> None:
    answer, wanted = READ[name]
    region = REGION.replace("\n", "\r\n")
    assert after(read(answer, region), region) == wanted.replace("\n", "\r\n")


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str) -> None:
    answer, reason = REFUSED[name]
    reply = read(answer)
    assert (reply.refusal, reply.edits) == (reason, ())


@pytest.mark.parametrize("name", CUT)
def test_it_is_refused_since_it_was_cut_off(name: str) -> None:
    answer, reason = CUT[name]
    assert read(answer, complete=False).refusal == reason


@pytest.mark.parametrize("name", CUT_AND_READ)
def test_it_is_read_though_it_was_cut_off(name: str) -> None:
    assert after(read(CUT_AND_READ[name], complete=False)) == MENDED


def test_the_edits_are_as_small_as_can_be() -> None:
    end = START + REGION.index("\n    return 0")
    for answer in (LINE_9, READ["the whole region in a fence"][0], READ["a diff"][0]):
        (edit,) = read(answer).edits
        assert (edit.span.start, edit.span.end, edit.text) == (end, end, ")")


def test_what_was_put_right_is_said() -> None:
    assert read(LINE_9).notes == ()
    assert read(READ["numbers off by one"][0]).notes == ("its line numbers were off by 1",)
    assert read(READ["without indentation"][0]).notes == ("indented to where its first line stood",)
    assert read(READ["old line, then new"][0]).notes == ("it quoted old lines before the new ones",)
    assert read(CUT_AND_READ["after the line"], complete=False).notes == (
        "the answer was cut off: only its whole lines were taken",
    )


def test_an_indentation_that_was_meant_is_kept() -> None:
    region = "def f(x):\nreturn x\n"
    reply = read_reply(
        "2|    return x",
        ReplyRegion(region, 0, 1, 2, PYTHON.lexis),
        lambda edits: compile_check(apply_edits(region, edits)) is None,
    )
    assert apply_edits(region, reply.edits) == "def f(x):\n    return x\n"


def test_a_file_with_tabs_stays_one() -> None:
    region = "def f(x):\n\tif x\n\t\treturn x\n"

    def fits(edits: tuple[Edit, ...]) -> bool:
        return compile_check(apply_edits(region, edits)) is None

    for answer in ("2|    if x:", "```\ndef f(x):\n    if x:\n        return x\n```"):
        reply = read_reply(answer, ReplyRegion(region, 0, 1, 2, PYTHON.lexis), fits)
        assert apply_edits(region, reply.edits) == "def f(x):\n\tif x:\n\t\treturn x\n"


def test_a_last_line_without_end_keeps_none() -> None:
    region = "print((1)"

    def fits(edits: tuple[Edit, ...]) -> bool:
        return compile_check(apply_edits(region, edits)) is None

    reply = read_reply("1|print((1))\n1|print(2)", ReplyRegion(region, 0, 1, 1, PYTHON.lexis), fits)
    assert apply_edits(region, reply.edits) == "print((1))\nprint(2)"


def test_equal_lines_are_told_apart_by_the_error() -> None:
    region = "f(1\n)\ng()\nf(1\nh()\n"
    answer = "<<<<<<< SEARCH\nf(1\n=======\nf(1)\n>>>>>>> REPLACE"
    reply = read_reply(answer, ReplyRegion(region, 0, 1, 4, PYTHON.lexis), lambda edits: True)
    assert apply_edits(region, reply.edits) == "f(1\n)\ng()\nf(1)\nh()\n"
    assert read_reply(answer, ReplyRegion(region, 0, 1, 3, PYTHON.lexis), lambda edits: True).refusal == "ambiguous"


def test_a_reading_that_does_not_fit_is_handed_on_for_validation_to_refuse() -> None:
    reply = read("9|        return scale[width * height)")
    assert reply.edits
    assert reply.refusal is None


# -- properties ----------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(answer for answer, _ in READ.values()),
        *(answer for answer, _ in REFUSED.values() if len(answer) < 1000),
        "```", "```python", "```diff", "9|", "|", "EDIT", "END", "<think>", "</think>", "@@ -9 +9 @@", "+", "-", "{",
        '"', "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE", "\t", "    ", "\r", "\x0c", "\u2028", "\x00", "١٢|x",
        "²|x",
    ]
)  # fmt: skip
ANSWERS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=6).map("\n".join),
    st.lists(st.tuples(st.integers(5, 14), PIECES).map("{0[0]}|{0[1]}".format), max_size=5).map("\n".join),
    st.tuples(PIECES, st.integers(0, 200), st.text(max_size=3)).map(lambda cut: cut[0][: cut[1]] + cut[2]),
)
REGIONS = st.one_of(
    st.just(REGION),
    st.text(max_size=60),
    st.lists(st.sampled_from(["f(x", "\tif x", "    y = 1", "", "'''", "f(x)"]), max_size=6).map("\r\n".join),
)


@settings(max_examples=300, deadline=None)
@given(ANSWERS, REGIONS, st.integers(-2, 9), st.booleans(), st.booleans())
def test_it_never_raises_and_edits_stay_within_the_region(
    answer: str, region: str, line: int, complete: bool, fitting: bool
) -> None:
    reply = read_reply(
        answer, ReplyRegion(region, START, FIRST, FIRST + line, PYTHON.lexis), lambda edits: fitting, complete=complete
    )
    assert bool(reply.edits) == (reply.refusal is None)
    assert all(START <= edit.span.start <= edit.span.end <= START + len(region) for edit in reply.edits)
    if reply.edits:
        assert apply_edits(region, reply.edits, START) != region


@settings(max_examples=300, deadline=None)
@given(REGIONS, REGIONS)
def test_the_edits_between_two_texts_make_the_second_of_the_first(before: str, wanted: str) -> None:
    assert apply_edits(before, edits_between(before, wanted, PYTHON.lexis)) == wanted
