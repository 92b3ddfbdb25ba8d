"""Everyday errors about imports: one is missing, of a module, a member or a well-known package, or its qualifier is."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from random import Random

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.name_pieces import (
    below_imports,
    free_names,
    walk,
    with_near_local,
    words_of,
)
from quickfix_ls.languages.python.project.well_known import names_of_modules, well_known_packages

_BUILTINS = frozenset(dir(builtins))
_ALIASES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot"}
_FROM = {
    "Path": "pathlib", "defaultdict": "collections", "Counter": "collections", "deque": "collections",
    "OrderedDict": "collections", "namedtuple": "collections", "datetime": "datetime", "timedelta": "datetime",
    "dataclass": "dataclasses", "field": "dataclasses", "partial": "functools", "wraps": "functools",
    "reduce": "functools", "lru_cache": "functools", "chain": "itertools", "product": "itertools",
    "contextmanager": "contextlib", "suppress": "contextlib", "Decimal": "decimal", "Fraction": "fractions",
    "Enum": "enum", "ABC": "abc", "abstractmethod": "abc", "StringIO": "io", "BytesIO": "io", "sleep": "time",
    "Thread": "threading", "Lock": "threading", "Queue": "queue", "patch": "unittest.mock", "Mock": "unittest.mock",
    "MagicMock": "unittest.mock", "TestCase": "unittest", "Any": "typing", "Callable": "typing", "Dict": "typing",
    "Iterable": "typing", "List": "typing", "NamedTuple": "typing", "Optional": "typing", "Sequence": "typing",
    "Set": "typing", "Tuple": "typing", "Union": "typing", "randint": "random", "choice": "random", "sqrt": "math",
    "deepcopy": "copy", "quote": "urllib.parse", "urlparse": "urllib.parse", "urlopen": "urllib.request",
}  # fmt: skip


@everyday
def missing_module(code: Code, rng: Random) -> Pair | None:
    """Leave out `import json` where the code reads `json.dumps`; a parameter may be called nearly so."""
    modules = {
        node.value.id for node in walk(code) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    free = sorted(free_names(code.text) & modules & (sys.stdlib_module_names | _ALIASES.keys()))
    if not free:
        return None
    name = rng.choice(free)
    line = f"import {_ALIASES[name]} as {name}\n" if name in _ALIASES else f"import {name}\n"
    text = with_near_local(code.text, name, rng) if rng.random() < 0.4 else code.text
    return below_imports(text, line, rng)


@everyday
def missing_member(code: Code, rng: Random) -> Pair | None:
    """Leave out `from collections import deque`, or the name in a statement that imports others from there; a parameter
    may be called nearly so."""
    free = sorted(free_names(code.text) & _FROM.keys())
    if not free:
        return None
    name = rng.choice(free)
    module = _FROM[name]
    text = with_near_local(code.text, name, rng) if rng.random() < 0.4 else code.text
    others = sorted(other for other, home in _FROM.items() if home == module and other != name)
    if others and rng.random() < 0.4:
        known = sorted(rng.sample(others, min(len(others), rng.choice((1, 1, 2)))))
        broken, fixed = (f"from {module} import {', '.join(sorted(names))}\n" for names in (known, [*known, name]))
        return Pair(broken + "\n" + text, fixed + "\n" + text)
    return below_imports(text, f"from {module} import {name}\n", rng)


@everyday
def missing_package_member(code: Code, rng: Random) -> Pair | None:
    """Leave out the import of a name of a well-known package, from which the code imports another one."""
    free = sorted(_called(code) - _BUILTINS)
    package = rng.choice(well_known_packages())
    modules = names_of_modules(package)
    if not free or not modules:
        return None
    old = rng.choice(free)
    alike = [(module, name) for module, names in modules.items() for name in names if name.islower() == old.islower()]
    others = [(module, name) for module, names in modules.items() for name in names]
    if not alike or len(others) < 2:
        return None
    (module, name), (home, other) = rng.choice(alike), rng.choice(others)
    words = words_of(code.text)
    if name in words or other in words or name == other or name in _BUILTINS:
        return None
    text = re.sub(rf"(?<![\w.\"']){re.escape(old)}(?=\()", name, code.text)
    line, new = f"from {home} import {other}\n", f"from {module} import {name}\n"
    if module == home:
        return Pair(f"{line}\n{text}", f"from {home} import {', '.join(sorted((other, name)))}\n\n{text}")
    return Pair(f"{line}\n{text}", f"{''.join(sorted((line, new)))}\n{text}")


@everyday
def missing_qualifier(code: Code, rng: Random) -> Pair | None:
    """Write `dumps` in place of `json.dumps`, with `import json` above."""
    places = Places(code.text)
    free = free_names(code.text) & sys.stdlib_module_names
    found = [
        node
        for node in walk(code)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in free
        and node.attr not in _BUILTINS
    ]
    if not found:
        return None
    one = rng.choice(found)
    owner = one.value.id  # type: ignore[attr-defined]  # chosen so above
    alike = [node for node in found if node.attr == one.attr and node.value.id == owner]  # type: ignore[attr-defined]
    text = code.text
    for node in sorted(alike, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        start = places.offset(node.lineno, node.col_offset)
        if not text.startswith(f"{owner}.{node.attr}", start):
            return None
        text = text[:start] + text[start + len(owner) + 1 :]
    line = f"import {owner}\n\n"
    return Pair(line + text, line + code.text)


def _called(code: Code) -> frozenset[str]:
    """Return the names that the code calls and does not bind."""
    called = {node.func.id for node in walk(code) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return frozenset(called & free_names(code.text))
