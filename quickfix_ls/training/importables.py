"""Make the shipped table of importable names: what each name can be imported from, and how often people do.

    python -m quickfix_ls.training.importables

The standard library's public names are read from its sources, without importing them; only its modules that
are written in C are imported, since they have no source. How common a way to import is, is counted in the
corpus of `sources`, in files of other packages; an attribute used through its module (`math.sqrt`) counts as
a use of that name too.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
import sysconfig
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from quickfix_ls.languages.python.project.importable import DATA
from quickfix_ls.training.source_files import data_hash, source_files

# What everybody writes, whatever happens to be installed where the table is made; the counts are set by hand,
# of the order of common imports in the corpus.
_CUSTOMS = {
    "np": ("import numpy as np", 2000),
    "pd": ("import pandas as pd", 1500),
    "plt": ("import matplotlib.pyplot as plt", 1200),
    "mpl": ("import matplotlib as mpl", 300),
    "sns": ("import seaborn as sns", 400),
    "tf": ("import tensorflow as tf", 500),
    "torch": ("import torch", 800),
    "nn": ("import torch.nn as nn", 300),
    "F": ("import torch.nn.functional as F", 200),
    "nx": ("import networkx as nx", 200),
    "sp": ("import scipy as sp", 100),
    "stats": ("from scipy import stats", 100),
    "sm": ("import statsmodels.api as sm", 60),
    "smf": ("import statsmodels.formula.api as smf", 30),
    "xr": ("import xarray as xr", 60),
    "da": ("import dask.array as da", 30),
    "dd": ("import dask.dataframe as dd", 30),
    "pl": ("import polars as pl", 60),
    "pa": ("import pyarrow as pa", 60),
    "px": ("import plotly.express as px", 80),
    "go": ("import plotly.graph_objects as go", 80),
    "jnp": ("import jax.numpy as jnp", 80),
    "st": ("import streamlit as st", 60),
    "sa": ("import sqlalchemy as sa", 60),
    "tk": ("import tkinter as tk", 150),
    "ttk": ("from tkinter import ttk", 80),
    "ET": ("import xml.etree.ElementTree as ET", 200),
    "dt": ("import datetime as dt", 60),
    "mp": ("import multiprocessing as mp", 40),
    "osp": ("import os.path as osp", 40),
    "cv2": ("import cv2", 200),
    "bs4": ("import bs4", 40),
    "BeautifulSoup": ("from bs4 import BeautifulSoup", 250),
    "requests": ("import requests", 600),
    "yaml": ("import yaml", 300),
    "tqdm": ("from tqdm import tqdm", 300),
    "Image": ("from PIL import Image", 300),
    "Flask": ("from flask import Flask", 150),
    "FastAPI": ("from fastapi import FastAPI", 150),
    "BaseModel": ("from pydantic import BaseModel", 200),
    "pytest": ("import pytest", 800),
    "DataFrame": ("from pandas import DataFrame", 120),
    "Series": ("from pandas import Series", 60),
    "KMeans": ("from sklearn.cluster import KMeans", 80),
    "LinearRegression": ("from sklearn.linear_model import LinearRegression", 100),
    "LogisticRegression": ("from sklearn.linear_model import LogisticRegression", 100),
    "RandomForestClassifier": ("from sklearn.ensemble import RandomForestClassifier", 100),
    "StandardScaler": ("from sklearn.preprocessing import StandardScaler", 100),
    "train_test_split": ("from sklearn.model_selection import train_test_split", 200),
    "accuracy_score": ("from sklearn.metrics import accuracy_score", 80),
}
_MOST_PER_NAME = 8
_UNUSUAL = frozenset({"distutils", "ntpath", "posixpath"})


def main() -> int:
    """Write the table beside the shipped models."""
    files = source_files()
    texts = {one: text for one in files if (text := one.text()) is not None}
    table = tabulate((one.package, text) for one, text in texts.items())
    card = {
        "what": "names and the statements that import them, with how many files of the corpus do so",
        "made_by": "python -m quickfix_ls.training.importables",
        "python": ".".join(map(str, sys.version_info[:2])),
        "files": len(texts),
        "corpus_sha256": data_hash(texts.values()),
    }
    DATA.write_text(json.dumps({"card": card, "names": table}, separators=(",", ":"), sort_keys=True) + "\n")
    print(f"{DATA.name}: {len(table)} names from {len(texts)} files, {DATA.stat().st_size // 1024} KB")
    return 0


def tabulate(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each name its origins, the most common first, as `count origin` joined by `;`; `texts` are pairs of
    package and text.

    An origin is `module` for `import module`, `module as` for an alias of it, `module:name` for
    `from module import name`, and `module!name` for a name that is used as an attribute of its module only.
    """
    ways: dict[str, Counter[str]] = {}
    for module, names in _standard_names():
        if "." not in module:
            ways.setdefault(module, Counter())[module] += 0
        for name in names:
            ways.setdefault(name, Counter())[f"{module}:{name}"] += 0
    for package, text in texts:
        for name, way in set(_uses(text)):
            # How a package imports itself says little about how others should.
            if _top(way) != package:
                ways.setdefault(name, Counter())[way] += 1
    for name, (statement, count) in _CUSTOMS.items():
        way = _way(ast.parse(statement).body[0])
        found = ways.setdefault(name, Counter())
        found[way] = max(found[way], count)
    return {name: encoded for name, found in sorted(ways.items()) if (encoded := _encoded(found))}


def _encoded(found: Counter[str]) -> str:
    kept = [(way, count) for way, count in found.items() if count > 1 or _top(way) in sys.stdlib_module_names]
    kept.sort(key=lambda one: (-one[1], one[0].count("."), one[0]))
    return ";".join(f"{count} {way}" for way, count in kept[:_MOST_PER_NAME])


def _uses(text: str) -> Iterator[tuple[str, str]]:
    """Every (name, way to import it) that a file shows."""
    tree = ast.parse(text)
    modules: dict[str, str] = {}
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            for one in node.names:
                if _is_public(one.name):
                    if one.asname and one.asname != one.name:
                        yield one.asname, f"{one.name} as"
                    elif "." not in one.name:
                        yield one.name, one.name
                    if one.asname or "." not in one.name:
                        modules[one.asname or one.name] = one.name
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module and _is_public(node.module):
            for one in node.names:
                if not one.asname and _is_public(one.name) and one.name != "*":
                    yield one.name, f"{node.module}:{one.name}"
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and _is_public(node.attr):
            module = modules.get(node.value.id)
            if module:
                # People say `from math import sqrt`, but `np.array`: what others define stays qualified.
                standard = _top(module) in sys.stdlib_module_names
                yield node.attr, f"{module}{':' if standard else '!'}{node.attr}"


def _way(statement: ast.stmt) -> str:
    if isinstance(statement, ast.ImportFrom):
        return f"{statement.module}:{statement.names[0].name}"
    assert isinstance(statement, ast.Import)
    one = statement.names[0]
    return f"{one.name} as" if one.asname else one.name


def _is_public(dotted: str) -> bool:
    parts = dotted.split(".")
    return _UNUSUAL.isdisjoint(parts) and not any(part.startswith("_") or part in ("test", "tests") for part in parts)


def _top(way: str) -> str:
    return re.split(r"[ :!.]", way, maxsplit=1)[0]


# -- the standard library ---------------------------------------------------------------------------------


_NOT_LIBRARY = frozenset(
    {"antigravity", "distutils", "idlelib", "lib2to3", "nt", "ntpath", "posix", "posixpath", "pydoc_data",
     "test", "this", "turtledemo"}
)  # fmt: skip


def _standard_names() -> Iterator[tuple[str, list[str]]]:
    """Every public module of the standard library with its public names."""
    root = Path(sysconfig.get_path("stdlib"))
    for name in sorted(sys.stdlib_module_names - _NOT_LIBRARY):
        if name.startswith("_"):
            continue
        if (path := root / f"{name}.py").is_file():
            yield name, _public_names(path)
        elif (path := root / name / "__init__.py").is_file():
            yield name, _public_names(path)
            for below in pkgutil.walk_packages([str(path.parent)], f"{name}."):
                source = root.joinpath(*below.name.split("."))
                source = source / "__init__.py" if below.ispkg else source.with_suffix(".py")
                if _is_public(below.name) and source.is_file() and not below.name.endswith("__main__"):
                    yield below.name, _public_names(source)
        else:
            yield name, _names_of_extension(name)


def _public_names(path: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(path.read_bytes())
    defined: set[str] = set()
    exported: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            defined.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if isinstance(target, ast.Name):
                if target.id[0].isupper():  # a constant or a type; others are mostly left-overs of loops
                    defined.add(target.id)
                value = getattr(node, "value", None)
                if target.id == "__all__" and isinstance(value, (ast.List, ast.Tuple)):
                    exported |= {str(one.value) for one in value.elts if isinstance(one, ast.Constant)}
    return sorted(name for name in exported or defined if not name.startswith("_"))


def _names_of_extension(name: str) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = importlib.import_module(name)
    except ImportError:  # not on this platform
        return []
    return sorted(one for one in dir(module) if not one.startswith("_"))


if __name__ == "__main__":
    sys.exit(main())
