"""The history of the standard library, and the replacements that are written by hand beside it."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.compile_check import HERE
from quickfix_ls.languages.python.members.misspellings import misspelling_problems
from quickfix_ls.languages.python.project import packages
from quickfix_ls.languages.python.project.renamed_apis import renamed_apis
from quickfix_ls.languages.python.project.stdlib_history import existed, is_gone, lifetime, module_lifetime
from tests.kit_python import python_index

NEWER = (3, 14)
BEFORE_3_6 = frozenset({"asyncio.JoinableQueue", "gdbm", "inspect.getmoduleinfo"})
"""Names that none of the interpreters of the table had."""


def reported(text: str, target: tuple[int, int] = HERE) -> list[str]:
    index = python_index(Snapshot.of(text), target)
    return [text[one.span.start : one.span.end] for one in (*renamed_apis(index), *misspelling_problems(index))]


@pytest.mark.parametrize(
    ("lived", "expected"),
    [
        (lifetime("members", "time", "clock"), "2.7-3.7"),
        (lifetime("members", "itertools", "batched"), "3.12-"),
        (lifetime("members", "os", "startfile"), "platform"),
        (lifetime("members", "os", "getcwd"), ""),
        (lifetime("attributes", "Thread", "isAlive"), "2.7-3.8"),
        (lifetime("parameters", "json.loads", "encoding"), "2.7-3.7"),
        (module_lifetime("imp"), "2.7-3.11"),
        (module_lifetime("distutils.core"), "2.7-3.11"),
        (module_lifetime("json"), ""),
    ],
)
def test_lifetimes(lived: str, expected: str) -> None:
    assert lived == expected


def test_what_is_over_is_over_for_later_versions() -> None:
    assert is_gone("2.7-3.7", (3, 8))
    assert not is_gone("2.7-3.7", (3, 7))
    assert not any(is_gone(lived, (3, 14)) for lived in ("", "3.12-", "platform", "2.7,3.10-"))


def test_each_replaced_name_existed_and_is_gone_in_the_version_of_its_release() -> None:
    for one in packages._renamed().values():
        if one.package != packages.PYTHON or one.old in BEFORE_3_6 or "*" in one.old:
            continue
        owner, _, last = one.old.rpartition(".")
        version = packages_version(one.version)
        if one.kind == "members" and not module_lifetime(owner):
            lived = lifetime("members", owner, last) or lifetime("attributes", owner, last)
            assert is_gone(lived, version), (one.old, lived)
        elif one.kind == "modules" and owner not in ("email", "xml.etree", "typing"):
            assert is_gone(module_lifetime(one.old), version), one.old


def packages_version(text: str) -> tuple[int, int]:
    major, _, minor = text.partition(".")
    return int(major), int(minor)


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("from collections import Mapping\n", HERE, ["Mapping"]),
        ("import urllib2\n", HERE, ["urllib2"]),
        ("from ConfigParser import ConfigParser\n", HERE, ["ConfigParser"]),
        ("import time\ntime.clock()\n", HERE, ["clock"]),
        ("import imp\nimp.reload(x)\nx = 1\n", NEWER, ["imp"]),
        ("import imp\nimp.load_source('a', 'b')\n", NEWER, []),  # nothing takes its place
        ("import imp\nimp.reload(x)\nx = 1\n", (3, 11), []),
        ("import configparser\nconfigparser.SafeConfigParser()\n", (3, 11), []),
        ("import configparser\nconfigparser.SafeConfigParser()\n", NEWER, ["SafeConfigParser"]),
        ("import os\nos.popen2('ls')\n", HERE, []),
        ("import os\nos.startfile('a')\n", HERE, []),
        ("import os\nos.mkdirs('a')\n", HERE, ["mkdirs"]),
        ("import commands\ncommands.getoutput('ls')\n", HERE, []),  # it may be a module of the project
        ("try:\n    import urllib2\nexcept ImportError:\n    urllib2 = None\n", HERE, []),
    ],
)
def test_what_is_reported(text: str, target: tuple[int, int], expected: list[str]) -> None:
    assert reported(text, target) == expected


def test_a_module_of_the_project_is_no_former_one(tmp_path: object) -> None:
    folder = str(tmp_path)
    text = "import Queue\n\nQueue.Queue()\n"
    assert [one.name for one in renamed_apis(python_index(Snapshot.of(text), beside=(folder,)))] == ["Queue"]
    with open(f"{folder}/Queue.py", "w", encoding="utf-8"):
        pass
    assert list(renamed_apis(python_index(Snapshot.of(text), beside=(folder,)))) == []


def test_other_platforms_and_versions_count_as_known() -> None:
    assert all(existed(*name) for name in (("signal", "CTRL_C_EVENT"), ("typing", "override"), ("string", "letters")))
    assert not existed("os", "mkdirs")
