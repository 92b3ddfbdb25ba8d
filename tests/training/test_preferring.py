"""Which offers may be applied without review: those whose kind is known to be right."""

from __future__ import annotations

from quickfix_ls.ranking.thresholds import NEVER, Thresholds
from quickfix_ls.training.preferring import fit_thresholds, threshold_of, with_thresholds
from quickfix_ls.training.rows import Outcome, Prediction, Row


def outcomes(source: str, right: int, wrong: int, probability: float = 0.9, kind: str = "syntax") -> list[Outcome]:
    """First offers of one source, all safe."""
    found = []
    for number in range(right + wrong):
        row = Row(f"{source}-{number}", kind, "", "", "", 1, 1)
        first = Prediction("", probability, source, ())
        is_right = number < right
        found.append(Outcome(row, 0.0, (), (first,), True, True, 0 if is_right else None, leads=is_right))
    return found


def test_a_kind_is_preferred_only_if_it_is_known_to_be_right() -> None:
    assert threshold_of(outcomes("fixer:x", 106, 0)) == 0.9
    assert threshold_of(outcomes("fixer:x", 105, 0)) == NEVER  # the lower bound of 105 of 105 is 96.47 %
    assert threshold_of(outcomes("fixer:x", 95, 5)) == NEVER
    assert threshold_of(outcomes("fixer:x", 500, 0, 0.7)) == NEVER  # as sure as it may be, it does not say so


def test_rows_without_an_offer_are_no_evidence() -> None:
    silent = Outcome(Row("silent", "syntax", "", "", "", 1, 1), 0.0, (), (), False, False, None)
    real = [*outcomes("fixer:good", 500, 0), silent]
    assert fit_thresholds(real, [silent], 0.1, certain={"fixer:sure"}) == fit_thresholds(real[:-1], [], 0.1)


def test_the_threshold_is_the_lowest_that_holds() -> None:
    mixed = [*outcomes("fixer:x", 200, 0, 0.95), *outcomes("fixer:x", 100, 20, 0.85)]
    assert threshold_of(mixed) == 0.95


def test_a_proposer_that_is_often_wrong_is_not_preferred_with_its_kind() -> None:
    real = [*outcomes("fixer:good", 500, 0), *outcomes("fixer:bad", 20, 5)]
    found = fit_thresholds(real, [], 0.1)
    assert found.prefers(0.95, True, ["fixer:good"])
    assert not found.prefers(0.95, True, ["fixer:bad"])
    assert not found.prefers(0.95, True, ["fixer:never_seen", "fixer:good"])
    assert not found.prefers(0.95, False, ["fixer:good_for_names"])


def test_a_proposer_seen_in_artificial_rows_alone_is_judged_by_these() -> None:
    artificial = [*outcomes("fixer:new", 40, 0), *outcomes("fixer:poor", 30, 10)]
    found = fit_thresholds(outcomes("fixer:good", 500, 0), artificial, 0.1)
    assert found.prefers(0.95, True, ["fixer:new"])
    assert not found.prefers(0.95, True, ["fixer:poor"])


def test_a_harmful_proposer_is_never_preferred() -> None:
    found = fit_thresholds(outcomes("fixer:good", 500, 0), [], 0.1, ["fixer:good"])
    assert not found.prefers(1.0, True, ["fixer:good"])


def test_kinds_are_apart() -> None:
    real = [*outcomes("fixer:good", 500, 0), *outcomes("fixer:rename", 50, 50, kind="name")]
    found = fit_thresholds(real, [], 0.1)
    assert found.by_kind == {"fixers": 0.9, "names": NEVER}
    marked = [with_thresholds(outcome, found).preferred for outcome in real]
    assert marked == [True] * 500 + [False] * 100


def test_artificial_rows_count_for_certain_proposers_that_are_right_in_real_ones() -> None:
    certain = {"fixer:sure"}
    artificial = outcomes("fixer:sure", 300, 2, kind="name")
    found = fit_thresholds(outcomes("fixer:sure", 30, 0, kind="name"), artificial, 0.1, certain=certain)
    assert found.prefers(0.95, False, ["fixer:sure"])
    assert not found.prefers(0.85, False, ["fixer:sure"])
    worse = fit_thresholds(outcomes("fixer:sure", 30, 2, kind="name"), artificial, 0.1, certain=certain)
    assert not worse.prefers(0.95, False, ["fixer:sure"])
    other = fit_thresholds(outcomes("fixer:sure", 30, 0, kind="name"), artificial, 0.1)
    assert not other.prefers(0.95, False, ["fixer:sure"])


def test_certain_proposers_are_a_kind_of_their_own() -> None:
    real = [
        *outcomes("fixer:guess", 500, 500, kind="name"),
        *outcomes("fixer:sure", 60, 0, kind="name"),
        *outcomes("fixer:surer", 60, 0, kind="name"),
        *outcomes("fixer:unsure", 50, 20, kind="name"),
    ]
    apart = fit_thresholds(real, [], 0.1)
    assert not apart.prefers(0.95, False, ["fixer:sure"])
    found = fit_thresholds(real, [], 0.1, certain={"fixer:sure", "fixer:surer"})
    assert found.prefers(0.95, False, ["fixer:sure"])
    assert not found.prefers(0.95, False, ["fixer:guess"])
    assert not found.prefers(0.95, False, ["fixer:unsure"])
    assert found.by_kind == {"names": NEVER}


def test_without_any_measure_nothing_is_preferred() -> None:
    assert not Thresholds(0.1, NEVER).prefers(1.0, True, ["fixer:x"])
