"""Make the shipped table of importable names: the modules from which each can be imported, and how common each is.

    python -m quickfix_ls.training.importables

The standard library's public names are read from its source files, without importing them; only modules written in C
are imported, since they have no source. The frequency of an import is counted in the corpus of `source_files`, in files
of other packages; an attribute used through its module (`math.sqrt`) counts as a use of that name, too.
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

# Common imports that are in the table whatever packages are installed; the counts are set by hand, in the magnitude of
# common imports in the corpus.
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
_MAX_PER_NAME = 8
_UNUSUAL = frozenset({"distutils", "ntpath", "posixpath"})


def main() -> int:
    """Write the table beside the shipped models."""
    files = source_files()
    texts = {file: text for file in files if (text := file.text()) is not None}
    table = tabulate((file.package, text) for file, text in texts.items())
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
    """Return each name's origins, the most common first, as `count origin` joined by `;`; `texts` are pairs of package
    and text.

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
            # A package's imports of itself don't count.
            if _top(way) != package:
                ways.setdefault(name, Counter())[way] += 1
    for name, (statement, count) in _CUSTOMS.items():
        way = _way(ast.parse(statement).body[0])
        found = ways.setdefault(name, Counter())
        found[way] = max(found[way], count)
    return {name: encoded for name, found in sorted(ways.items()) if (encoded := _encoded(found))}


def _encoded(found: Counter[str]) -> str:
    kept = [(way, count) for way, count in found.items() if count > 1 or _top(way) in sys.stdlib_module_names]
    kept.sort(key=lambda pair: (-pair[1], pair[0].count("."), pair[0]))
    return ";".join(f"{count} {way}" for way, count in kept[:_MAX_PER_NAME])


def _uses(text: str) -> Iterator[tuple[str, str]]:
    """Yield every pair (name, origin) in a file's imports and uses."""
    tree = ast.parse(text)
    modules: dict[str, str] = {}
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if _is_public(alias.name):
                    if alias.asname and alias.asname != alias.name:
                        yield alias.asname, f"{alias.name} as"
                    elif "." not in alias.name:
                        yield alias.name, alias.name
                    if alias.asname or "." not in alias.name:
                        modules[alias.asname or alias.name] = alias.name
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module and _is_public(node.module):
            for alias in node.names:
                if not alias.asname and _is_public(alias.name) and alias.name != "*":
                    yield alias.name, f"{node.module}:{alias.name}"
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and _is_public(node.attr):
            module = modules.get(node.value.id)
            if module:
                # `from math import sqrt` is common, but for other packages qualified names (`np.array`) are.
                standard = _top(module) in sys.stdlib_module_names
                yield node.attr, f"{module}{':' if standard else '!'}{node.attr}"


def _way(statement: ast.stmt) -> str:
    if isinstance(statement, ast.ImportFrom):
        return f"{statement.module}:{statement.names[0].name}"
    assert isinstance(statement, ast.Import)
    alias = statement.names[0]
    return f"{alias.name} as" if alias.asname else alias.name


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
    """Yield every public module of the standard library with its public names."""
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
                    exported |= {str(element.value) for element in value.elts if isinstance(element, ast.Constant)}
    return sorted(name for name in exported or defined if not name.startswith("_"))


def _names_of_extension(name: str) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = importlib.import_module(name)
    except ImportError:  # not on this platform
        return []
    return sorted(member for member in dir(module) if not member.startswith("_"))


if __name__ == "__main__":
    sys.exit(main())
