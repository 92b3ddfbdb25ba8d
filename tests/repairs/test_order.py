"""In which order offers are shown, and under which titles."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems import find_all
from quickfix_ls.problems.kinds import SYNTAX
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.repairs.order import held_back, ordered
from quickfix_ls.repairs.titles import told_apart
from quickfix_ls.values import Candidate, Offer, Problem, Span, Verdict, apply_edits
from tests.kit_changes import edits_between
from tests.kit_python import PLAUSIBILITY, PYTHON, python_index


class Deletions:
    """A selector that likes candidates the more, the more they delete; the best gets a given probability."""

    name = "deletions"
    features = ("content_removed", "chars_added")

    def __init__(self, best: float) -> None:
        self.thresholds = Thresholds(0.01, 0.5)
        self._best = best

    def score(self, features, votes) -> list[float]:
        worth = [removed - added for removed, added in features]
        return [self._best if one == max(worth) else self._best / (2 + max(worth) - one) for one in worth]


def offer(before: str, after: str, probability: float, title: str = "", keeps_content: bool = True) -> Offer:
    problem = Problem(SYNTAX, "invalid syntax", "SyntaxError", Span(0, 1))
    candidate = Candidate(edits_between(before, after), title)
    return Offer(problem, candidate, (), Verdict(()), probability, keeps_content=keeps_content)


def pipeline(best: float) -> Pipeline:
    selector = Deletions(best)
    return Pipeline(selector, selector.thresholds, Plausibility.load(PYTHON.tokenizer, PLAUSIBILITY))


async def offers(text: str, best: float, limit: int = 3) -> tuple[Offer, ...]:
    index = python_index(Snapshot.of(text))
    return await pipeline(best).final_offers(index, find_all(index)[0], Budget(60, limit))


def test_what_deletes_stands_behind_what_keeps_unless_it_is_likelier_than_not() -> None:
    made = [offer("a b", "a", 0.4, keeps_content=False), offer("a b", "a, b", 0.1), offer("a b", "ab", 0.2)]
    assert [one.probability for one in ordered(made)] == [0.2, 0.1, 0.4]
    likely = offer("a b", "a", 0.51, keeps_content=False)
    assert ordered([*made, likely])[0] is likely
    assert [held_back(one) for one in (*made, likely)] == [True, False, False, False]


async def test_the_search_reads_on_for_a_repair_that_keeps_the_content() -> None:
    for limit in (1, 3):
        found = await offers("x = f(a b)\n", 0.5, limit)
        assert found[0].keeps_content
        assert not found[0].candidate.source.startswith("search:delete")
    likely = await offers("x = f(a b)\n", 0.6)
    assert not likely[0].keeps_content
    assert "removes `b`" in likely[0].verdict.checks or "removes `a`" in likely[0].verdict.checks


async def test_a_deletion_is_offered_where_nothing_else_is() -> None:
    found = await offers("x = 1 2\n", 0.4, 20)
    assert [one.keeps_content for one in found] == sorted((one.keeps_content for one in found), reverse=True)
    assert not found[-1].keeps_content


async def test_repairs_that_differ_in_spaces_alone_are_offered_once() -> None:
    text = 'marks = {"a" = 1, "b" = 2}\n'
    index = python_index(Snapshot.of(text))
    found = await Pipeline.load(PYTHON, min_probability=0).final_offers(index, find_all(index)[0], Budget(60, 20))
    made = [apply_edits(text, one.candidate.edits).replace(" ", "") for one in found]
    assert len(set(made)) == len(made) > 0


async def test_what_deletes_is_never_preferred_and_never_written() -> None:
    text = "x = f(a b)\n"
    (first, *_) = await offers(text, 0.99)
    assert not first.keeps_content
    assert not first.preferred
    for only_preferred in (True, False):
        index = python_index(Snapshot.of(text))
        fixed = await fix_all(pipeline(0.99), index, Budget(60, 1), only_preferred=only_preferred)
        assert fixed.snapshot.text == text


def test_no_two_offers_share_a_title() -> None:
    text = "a = (b\nc = (b\n"
    both = [offer(text, "a = (b)\nc = (b\n", 0.4), offer(text, "a = (b\nc = (b)\n", 0.3)]
    same = [offer(text, text.replace("a", "x"), 0.2, "Do it"), offer(text, text.replace("c", "x"), 0.1, "Do it")]
    third = offer(text, text.replace("(b", "b"), 0.1, "Remove both brackets")
    assert [one.candidate.title for one in told_apart(text, [*both, *same, third])] == [
        "Add `)` after `b` in line 1",
        "Add `)` after `b` in line 2",
        "Replace `a` with `x`",
        "Replace `c` with `x`",
        "Remove both brackets",
    ]


def test_what_only_one_of_two_offers_changes_comes_first_in_its_title() -> None:
    text = "aa == 1\nbb == (2\ncc = 3\n"
    two = [
        offer(text, "aa = 1\nbb == (2)\ncc = 3\n", 0.4, "Do it"),
        offer(text, "aa = 1\nbb == (2,)\ncc = 3\n", 0.3, "Do it"),
    ]
    assert [one.candidate.title for one in told_apart(text, two)] == [
        "Add `)` after `2`; replace `==` with `=`",
        "Add `,)` after `2`; replace `==` with `=`",
    ]
    alike = [offer(text, "aa = 1\n" + text[8:], 0.4, "Do it")] * 2
    assert [one.candidate.title[-4:] for one in told_apart(text, alike)] == [" (1)", " (2)"]
