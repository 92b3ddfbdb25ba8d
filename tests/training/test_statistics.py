"""The statistics of a report against published values and against what must hold for any numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.training.statistics import quantile, quantile_interval, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17
        # (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_equals_the_published_intervals(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_of_nothing_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(counted: tuple[int, int]) -> None:
    successes, n = counted
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1


@pytest.mark.parametrize(("q", "expected"), [(0.5, 50.0), (0.95, 95.0), (0.0, 1.0), (1.0, 100.0), (0.951, 96.0)])
def test_a_quantile_is_a_value_that_was_seen(q: float, expected: float) -> None:
    assert quantile([float(value) for value in range(100, 0, -1)], q) == expected


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200), st.sampled_from([0.5, 0.95]))
def test_the_interval_holds_the_quantile(values: list[float], q: float) -> None:
    low, high = quantile_interval(values, q)
    assert min(values) <= low <= quantile(values, q) <= high <= max(values)


def test_no_values_have_no_quantile() -> None:
    assert math.isnan(quantile([], 0.5))
    assert all(math.isnan(end) for end in quantile_interval([], 0.5))
