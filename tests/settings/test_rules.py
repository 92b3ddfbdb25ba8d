"""Globs, and what the settings mean for one file."""

from __future__ import annotations

import pytest

from quickfix_ls.settings import Rules, Settings, is_excluded, rules_for
from quickfix_ls.settings.globs import anchored, fits


@pytest.mark.parametrize(
    ("glob", "fitting", "others"),
    [
        ("*.py", ["a.py", "x/y/a.py"], ["a.pyi"]),
        ("tests", ["tests/a.py", "x/tests/y/a.py"], ["x/mytests/a.py", "tests.py"]),
        ("tests/", ["tests/a.py"], ["x/testsa.py"]),
        ("./tests/*.py", ["tests/a.py"], ["x/tests/a.py", "tests/x/a.py"]),
        ("tests/**", ["tests/a.py", "tests/x/a.py"], ["x/tests/a.py", "tests"]),
        ("src/**/old/*.py", ["src/old/a.py", "src/x/y/old/a.py"], ["src/x/old/y/a.py", "old/a.py"]),
        ("src/*/old", ["src/x/old/a.py"], ["src/x/y/old/a.py", "src/old/a.py"]),
        ("a?.py", ["ab.py"], ["a.py", "abc.py", "a/.py"]),
        ("[ab]c.py", ["ac.py", "bc.py"], ["cc.py", "[ab]c.py"]),
        ("[!a]c.py", ["bc.py"], ["ac.py"]),
        ("a+b(1).py", ["a+b(1).py"], ["aab1.py"]),
        ("[", ["["], ["a"]),
        ("/elsewhere/*", [], ["elsewhere/a.py"]),
    ],
)
@pytest.mark.parametrize("folder", ["/home/me/project", "/odd [x]*/pro?ject"])
def test_globs(glob: str, fitting: list[str], others: list[str], folder: str) -> None:
    whole = anchored(glob, folder)
    assert [name for name in fitting if not fits(whole, f"{folder}/{name}")] == []
    assert [name for name in others if fits(whole, f"{folder}/{name}")] == []
    assert not fits(whole, "/home/you/a.py")


def test_an_absolute_glob_is_anchored_nowhere() -> None:
    assert fits(anchored("/opt/**/*.py", "/home/me"), "/opt/x/y.py")


def test_rules_of_a_file() -> None:
    settings = Settings(
        min_probability=0.5,
        disabled_fixers=("a",),
        per_path=(("/p/tests/**", ("b",)), ("/p/**/slow.py", ("c",)), ("/p/old", ("all",))),
        exclude=("/p/build",),
    )
    assert rules_for(settings, "/p/x.py") == Rules(frozenset("a"), False, 0.5)
    assert rules_for(settings, "/p/tests/slow.py") == Rules(frozenset("abc"), False, 0.5)
    assert rules_for(settings, "/p/old/x.py").silent
    assert rules_for(settings, "") == Rules(frozenset("a"), False, 0.5)
    assert is_excluded(settings, "/p/build/lib/x.py")
    assert not is_excluded(settings, "/p/builder/x.py")
