"""What a failed program knew: names, types and sizes of the values that its line is about, and none of the values."""

from __future__ import annotations

import json
import sqlite3
import xml
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from quickfix_ls.runs.facts import Facts, Known, facts_of, from_json, to_json


def of(line: str, **names: Any) -> Facts:
    """Return the facts about the error that a line raises."""
    with pytest.raises((NameError, LookupError, TypeError, AttributeError, OSError, UnicodeError)) as raised:
        exec(line, names)
    return facts_of(raised.value, names, line)


def test_variables_of_the_line_have_types_and_lengths_but_no_values() -> None:
    facts = of("rows[n]", rows=["secret"], n=3)
    assert facts.known == (Known("rows", "list", 1), Known("n", "int"))
    assert "secret" not in repr(facts)


def test_keys_are_those_of_nested_mappings_too() -> None:
    facts = of("order['customer']['mail']", order={"id": 1, "customer": {"email": "x"}})
    assert facts.names == ("'id'", "'customer'", "'email'")
    assert facts.type_name == "dict"


def test_attributes_are_read_without_running_properties() -> None:
    class Loud:
        @property
        def rows(self) -> dict[str, int]:
            raise AssertionError("a property ran")

    facts = of("box.rows['a'], prices['b']", box=SimpleNamespace(rows={"c": 1}), prices={"d": 1})
    assert facts.names == ("'c'", "'d'")
    assert facts_of(KeyError("a"), {"loud": Loud()}, "loud.rows['a']").names == ()


def test_none_has_no_names_that_could_be_meant() -> None:
    assert of("found.group()", found=None) == Facts(known=(Known("found", "NoneType"),))


def test_of_many_names_the_nearest_are_told() -> None:
    many = {f"a{number:03}": number for number in range(300)} | {"width": 1}
    assert of("widht", **many).names[0] == "width"


def test_a_module_below_a_package_is_found_and_not_imported() -> None:
    error = AttributeError("no etree", name="etree", obj=xml)
    assert facts_of(error, {"xml": xml}, "xml.etree.ElementTree.fromstring(t)").module == "xml.etree.ElementTree"
    assert facts_of(error, {"x": xml}, "x.nothing.here").module == ""


def test_parameters_of_called_functions() -> None:
    def connect(host: str, *, timeout: int) -> None:
        raise AssertionError((host, timeout))

    assert of("connect('a', timout=1)", connect=connect).parameters == ("host", "timeout")
    assert "sort_keys" in of("json.dumps(1, sort_key=1)", json=json).parameters


def test_columns_of_a_row_of_a_database() -> None:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    row = connection.execute("select 1 as mail").fetchone()
    connection.close()
    assert of("row['email']", row=row).names == ("'mail'",)


def test_what_is_beside_the_first_missing_part_of_a_path(tmp_path: Path) -> None:
    (tmp_path / "data" / "deep").mkdir(parents=True)
    facts = of("open(path)", path=str(tmp_path / "dta" / "deep" / "a.csv"))
    assert (facts.missing, facts.names) == ("dta", ("data",))


def test_an_encoding_that_fits() -> None:
    assert of("data.decode()", data="café".encode("latin-1")).encoding == "latin-1"
    assert of("data.decode()", data="“a”".encode("cp1252")).encoding == "cp1252"
    assert of("data.decode()", data="é".encode("utf-16")).encoding == "utf-16"


def test_facts_travel_as_json() -> None:
    facts = Facts("dict", ("'a'",), ("b",), 2, (Known("x", "numpy.ndarray", -1, (2, 3)),), "m.n", "f", "latin-1")
    assert from_json(json.loads(json.dumps(to_json(facts)))) == facts
    assert from_json({"known": [3, {"name": "x"}], "names": [1, "a"], "more": 1}) == Facts(names=("a",))


def test_objects_that_fail_when_they_are_looked_at_are_no_facts() -> None:
    class Hostile:
        def __getattribute__(self, name: str) -> Any:
            raise RuntimeError(name)

    assert facts_of(KeyError("a"), {"x": Hostile()}, "x['a']") == Facts()
