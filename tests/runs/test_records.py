"""Records of errors: made in a program, through JSON, and from JSON of any sort."""

from __future__ import annotations

import json
import linecache
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.runs.capture import captured
from quickfix_ls.runs.record import RunError, error_from_json, error_to_json


def _error_of(text: str, path: str = "program.py") -> BaseException:
    """Return the error that a program ends with, whose source can be read."""
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    try:
        exec(compile(text, path, "exec"), {"__name__": "program"})
    except Exception as error:
        return error
    raise AssertionError("the program has not failed")


def test_record_comes_back_from_json() -> None:
    record = captured(_error_of("values = {'price': 1, 2: 3}\nvalues['pric']"))
    assert error_from_json(json.loads(json.dumps(error_to_json(record)))) == record
    assert record.said == "KeyError: 'pric'"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["type", "message", "frames", "facts", "path", "line"]), _JSON))
def test_any_json_is_read_or_refused(value: dict[str, object]) -> None:
    whole = {"type": "KeyError", "message": "", "frames": [value], **value, "version": 1}
    for item in (value, whole, [value]):
        read = error_from_json(item)
        assert read is None or isinstance(read, RunError)


def test_columns_count_characters() -> None:
    if sys.version_info < (3, 11):
        pytest.skip("columns came with CPython 3.11")
    text = "print('🐍é', pric)"
    frame = captured(_error_of(text, "snake.py")).frames[-1]
    assert text[frame.column : frame.end_column] == "pric"


@pytest.mark.parametrize("name", ["__dir__", "__repr__", "__eq__", "__len__", "__hash__", "__str__"])
def test_objects_that_fail_when_looked_at_break_nothing(name: str) -> None:
    error = _error_of(f"class A:\n    def {name}(self, *a):\n        raise RuntimeError\na = A()\na.pric")
    assert captured(error).type == "AttributeError"


def test_values_are_no_facts() -> None:
    record = captured(_error_of("values = {'price': 'secret 1'}\nvalues['pric']"))
    assert "secret" not in json.dumps(error_to_json(record))
    assert "'price'" in json.dumps(error_to_json(record))
