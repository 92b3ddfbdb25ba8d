"""The child process of `execution`: run a program on its tests, with restricted rights.

This file is run by an interpreter without site packages; it reads a JSON object from standard input and writes a JSON
list to standard output. The program itself can't affect either.

The limits protect against accidents: endless loops, excessive memory or output, files and connections opened by
mistake. Code that is written to break out of an interpreter needs a virtual machine instead.
"""

from __future__ import annotations

import sys

# Our own folder, whose `statistics` and other modules would hide those of the standard library.
del sys.path[0]

import contextlib  # noqa: E402
import itertools  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
from typing import Any  # noqa: E402

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = ("socket.", "subprocess.", "shutil.", "ctypes.", "os.", "signal.", "resource.", "syslog.", "webbrowser.")
_ALLOWED = frozenset({"os.listdir", "os.scandir", "os.putenv", "os.unsetenv"})
_ENTRY_PRELUDE = """
import bisect, collections, copy, functools, heapq, itertools, math, operator, random, re, statistics, string, sys
from bisect import *
from collections import *
from copy import *
from functools import *
from heapq import *
from itertools import *
from math import *
from operator import *
from re import *
from typing import *
from string import ascii_lowercase, ascii_uppercase, digits
from math import pow
inf = float("inf")
"""
_CLOSE = 1e-5
_MAX_LENGTH = 10_000


def main() -> None:
    job = json.load(sys.stdin)
    report = os.fdopen(os.dup(1), "w", encoding="utf-8")
    _confine(job["limits"])
    # The result of each test: the error's type (empty if none), its message, and whether the value was as expected.
    calls = [_outcome(job, test) for test in job["tests"]]
    report.write(json.dumps(calls))
    report.flush()
    # The program may have left threads and exit handlers.
    os._exit(0)


def _confine(limits: dict[str, int]) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if sys.version_info >= (3, 12) and sys.platform == "linux":
        # A network namespace without connections; if the system does not permit it, the audit hook below remains.
        with contextlib.suppress(OSError):
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    with contextlib.suppress(ImportError):
        import resource

        # The hard limit is one second higher, so that the signal of the soft limit identifies a timeout.
        resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
        for limit in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
            resource.setrlimit(limit, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (limits["bytes"], limits["bytes"]))
        resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if writes or (event.startswith(_REFUSED) and event not in _ALLOWED):
        raise PermissionError(f"the program may not do this: {event}")


def _outcome(job: dict[str, Any], test: dict[str, Any]) -> tuple[str, str, bool]:
    """Run one test; the program is executed again for each test, so that none sees another's state."""
    space: dict[str, Any] = {"__name__": "program"}
    try:
        if job["entry"]:
            exec(compile(_ENTRY_PRELUDE, "<prelude>", "exec"), space)
            space.update(ListNode=ListNode, TreeNode=TreeNode)
        exec(compile(job["setup"], "<setup>", "exec"), space)
        exec(compile(job["text"], "<program>", "exec"), space)
        if "call" in test:
            return "", "", bool(eval(test["call"], space) == eval(test["expect"], space))
        return "", "", _is_close(_call(space, job["entry"], test["args"]), test["expect"])
    except BaseException as error:  # a program may end itself in any way, and that is its result
        return type(error).__name__, str(error)[:500], False


def _call(space: dict[str, Any], entry: str, stated: list[Any]) -> Any:
    """Call a function, or a method of a new object, by its dotted name; return its result, or its first argument if it
    returns None, since it may work in place."""
    owner, _, name = entry.rpartition(".")
    function = getattr(space[owner](), name) if owner else space[name]
    wanted = [str(kind) for place, kind in getattr(function, "__annotations__", {}).items() if place != "return"]
    arguments = [_node(value, kind) for value, kind in itertools.zip_longest(stated, wanted[: len(stated)])]
    result = function(*arguments)
    return _plain(arguments[0] if result is None and arguments else result)


class ListNode:
    """A linked list, as programming exercises define it."""

    def __init__(self, val: Any = 0, next: ListNode | None = None) -> None:
        self.val, self.next = val, next


class TreeNode:
    """A binary tree, as programming exercises define it."""

    def __init__(self, val: Any = 0, left: TreeNode | None = None, right: TreeNode | None = None) -> None:
        self.val, self.left, self.right = val, left, right


def _node(value: Any, kind: str | None) -> Any:
    """Convert a JSON value to the type in a parameter's annotation: linked lists and trees are lists in JSON."""
    if isinstance(value, list) and "ListNode" in (kind or ""):
        return _linked(value)
    if isinstance(value, list) and "TreeNode" in (kind or ""):
        return _tree(value)
    return value


def _linked(values: list[Any]) -> ListNode | None:
    head = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head


def _tree(values: list[Any]) -> TreeNode | None:
    """Build a tree from its nodes level by level, with None for missing children."""
    if not values:
        return None
    root = TreeNode(values[0])
    parents, left = [root], iter(values[1:])
    for parent in parents:
        for side in ("left", "right"):
            value = next(left, None)
            if value is not None:
                setattr(parent, side, TreeNode(value))
                parents.append(getattr(parent, side))
    return root


def _plain(value: Any) -> Any:
    """Convert a value back to JSON types; a tree without the trailing Nones."""
    found: list[Any] = []
    if isinstance(value, ListNode):
        node: ListNode | None = value
        while node is not None and len(found) < _MAX_LENGTH:
            found.append(node.val)
            node = node.next
        return found
    if isinstance(value, TreeNode):
        nodes: list[TreeNode | None] = [value]
        for tree in nodes:
            if len(found) < _MAX_LENGTH:
                found.append(tree.val if tree else None)
                nodes += [tree.left, tree.right] if tree else []
        while found and found[-1] is None:
            found.pop()
        return found
    return value


def _is_close(value: Any, expected: Any) -> bool:
    """Return whether two values are equal in JSON: tuples equal lists, None equals an empty list or tree, and floats
    may differ by 1e-5."""
    if isinstance(expected, list):
        value = [] if value is None else value
        return isinstance(value, (list, tuple)) and len(value) == len(expected) and all(map(_is_close, value, expected))
    if isinstance(expected, float) and isinstance(value, (int, float)):
        return abs(value - expected) <= _CLOSE * max(1.0, abs(expected))
    return bool(value == expected)


if __name__ == "__main__":
    main()
