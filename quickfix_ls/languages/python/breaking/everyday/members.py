"""Everyday errors in members: methods of other languages, a module taken for its class, members of other modules."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.prepared import is_free, line_of, mistyped, statement, with_import
from quickfix_ls.languages.python.members.stdlib_members import type_members

_METHODS = {
    "str": ("upper", "lower", "strip", "split", "join", "replace", "startswith", "endswith", "find", "title", "rstrip",
            "encode", "format", "isdigit", "splitlines", "lstrip"),
    "list": ("append", "extend", "insert", "remove", "pop", "sort", "index", "reverse"),
    "dict": ("items", "keys", "values", "get", "update", "setdefault", "pop"),
    "set": ("add", "discard", "union", "update"),
}  # fmt: skip
_FOREIGN = {
    "str": {
        "upper": ("toUpper", "toUpperCase", "upcase", "to_upper", "uppercase"), "title": ("titleCase", "to_title"),
        "lower": ("toLower", "toLowerCase", "downcase", "to_lower", "lowercase"), "strip": ("trim",),
        "startswith": ("startsWith", "starts_with"), "endswith": ("endsWith", "ends_with"), "rstrip": ("trimEnd",),
        "find": ("indexOf",), "replace": ("replaceAll", "gsub"), "isdigit": ("isDigit", "is_digit"),
        "lstrip": ("trimStart",),
    },
    "list": {
        "append": ("push", "add", "push_back"), "extend": ("addAll", "concatAll"), "index": ("indexOf",),
        "remove": ("delete", "discard"), "pop": ("removeAt",),
    },
    "dict": {"items": ("iteritems", "entries", "viewitems"), "keys": ("iterkeys", "keySet"), "get": ("getOrDefault",),
             "values": ("itervalues",), "update": ("putAll", "merge")},
    "set": {"add": ("append", "push", "insert"), "discard": ("delete",), "update": ("addAll",)},
}  # fmt: skip
_MEMBERSHIP = re.compile(
    r"^[ \t]*(?:el)?if (?!not\b)(?P<key>[\w.]+|'\w+'|\"\w+\") (?P<no>not )?in (?P<owner>[A-Za-z_][\w.]*):", re.MULTILINE
)
_OF_CLASS = {
    "datetime": ("now()", "utcnow()", "today()", "strptime(text, '%Y-%m-%d')", "fromtimestamp(0)",
                 "fromisoformat(text)"),
}  # fmt: skip
_OF_MODULE = {"datetime": ("timedelta(days=1)", "timezone.utc"), "time": ("sleep(1)", "strftime('%H:%M')"),
              "random": ("randint(1, 6)", "choice(names)", "shuffle(names)"), "copy": ("deepcopy(names)",),
              "glob": ("iglob('*.txt')",)}  # fmt: skip
_CALLED = {"time": "()", "datetime": "(2024, 5, 1)", "glob": "('*.txt')", "copy": "(names)", "random": "()",
           "pprint": "(names)", "tqdm": "(names)", "calendar": "(2024)"}  # fmt: skip
_BORROWED = {
    "shutil.rmtree": ("os", "('build')"), "shutil.copyfile": ("os", "('a.txt', 'b.txt')"), "os.getcwd": ("sys", "()"),
    "os.listdir": ("sys", "('.')"), "os.path.exists": ("os", "('a.txt')"), "os.path.join": ("os", "('a', 'b')"),
    "os.path.basename": ("os", "(path)"), "time.sleep": ("os", "(2)"), "functools.reduce": ("itertools", "(add, rows)"),
    "collections.namedtuple": ("typing", "('P', 'x y')"), "math.sqrt": ("random", "(2)"),
}  # fmt: skip


@everyday
def misspelt_method(code: Code, rng: Random) -> Pair | None:
    """Mistype a method of a string, list, dictionary or set, with the message that names the type."""
    return _changed_method(code, rng, lambda kind, name: mistyped(rng, name))


@everyday
def foreign_method(code: Code, rng: Random) -> Pair | None:
    """Call a method by the name that another language, or Python 2, has for it."""
    return _changed_method(code, rng, lambda kind, name: rng.choice(_FOREIGN[kind].get(name, ("",))))


@everyday
def foreign_length(code: Code, rng: Random) -> Pair | None:
    """Write `xs.length`, `xs.length()` or `xs.size()` in place of `len(xs)`."""
    found = list(re.finditer(r"(?<![\w.])len\(([A-Za-z_][\w.]*(?:\[\w+\])?)\)", code.text))
    if not found:
        return None
    match = rng.choice(found)
    name, call = rng.choice((("length", ""), ("length", "()"), ("size", "()")))
    broken = f"{code.text[: match.start()]}{match[1]}.{name}{call}{code.text[match.end() :]}"
    line = code.text.count("\n", 0, match.start()) + 1
    return Pair(
        broken, code.text, f"AttributeError: '{rng.choice(('str', 'list'))}' object has no attribute '{name}'", line
    )


@everyday
def foreign_membership(code: Code, rng: Random) -> Pair | None:
    """Write `d.has_key(k)`, `d.contains(k)` or `d.includes(k)` in place of `k in d`."""
    found = list(_MEMBERSHIP.finditer(code.text))
    if not found:
        return None
    match = rng.choice(found)
    kind, name = rng.choice((("dict", "has_key"), ("dict", "containsKey"), ("list", "contains"), ("str", "includes")))
    key, no, owner = match.group("key", "no", "owner")
    written = f"{no or ''}{owner}.{name}({key})"
    broken = code.text[: match.start("key")] + written + code.text[match.end("owner") :]
    line = code.text.count("\n", 0, match.start("key")) + 1
    return Pair(broken, code.text, f"AttributeError: '{kind}' object has no attribute '{name}'", line)


@everyday
def module_for_class(code: Code, rng: Random) -> Pair | None:
    """Ask the module for a member of its class: `import datetime; datetime.now()`."""
    module = rng.choice(sorted(_OF_CLASS))
    call = rng.choice(_OF_CLASS[module])
    if not is_free(code.text, [module]):
        return None
    use = statement(rng, f"{module}.{module}.{call}")
    fixed = with_import(code.text, f"import {module}", use)
    broken = fixed.replace(f"{module}.{module}.{call}", f"{module}.{call}")
    name = call.partition("(")[0]
    return Pair(broken, fixed, f"AttributeError: module '{module}' has no attribute '{name}'", line_of(broken, name))


@everyday
def class_for_module(code: Code, rng: Random) -> Pair | None:
    """Ask a class or function for a member of its module: `from random import random; random.randint(1, 6)`."""
    module = rng.choice(sorted(_OF_MODULE))
    call = rng.choice(_OF_MODULE[module])
    name = re.split(r"\W", call)[0]
    if not is_free(code.text, [module, name]):
        return None
    owner = "type object 'datetime.datetime'" if module == "datetime" else "'function' object"
    use = statement(rng, f"{module}.{call}")
    if rng.random() < 0.5:
        fixed = with_import(code.text, f"import {module}", use)
        broken = fixed.replace(f"import {module}\n", f"from {module} import {module}\n", 1)
    else:
        other = {"datetime": "datetime.now()", "time": "time()", "random": "random()", "copy": "copy(names)",
                 "glob": "glob('*')"}[module]  # fmt: skip
        fixed = with_import(code.text, f"from {module} import {module}", f"first = {other}\n{use}")
        broken = fixed
        fixed = fixed.replace(
            f"from {module} import {module}\n", f"from {module} import {', '.join(sorted((module, name)))}\n"
        )
        fixed = fixed.replace(f"{module}.{call}", call)
    return Pair(broken, fixed, f"AttributeError: {owner} has no attribute '{name}'", line_of(broken, name))


@everyday
def called_module(code: Code, rng: Random) -> Pair | None:
    """Call a module in place of the function or class of its name."""
    module = rng.choice(sorted(_CALLED))
    if not is_free(code.text, [module]):
        return None
    written = f"{module}.{module}{_CALLED[module]}"
    fixed = with_import(code.text, f"import {module}", statement(rng, written))
    broken = fixed.replace(written, f"{module}{_CALLED[module]}")
    line = broken.count("\n", 0, broken.rindex(f"{module}(")) + 1
    return Pair(broken, fixed, "TypeError: 'module' object is not callable", line)


@everyday
def borrowed_member(code: Code, rng: Random) -> Pair | None:
    """Ask a module for a member of another one: `os.rmtree`."""
    right = rng.choice(sorted(_BORROWED))
    wrong, call = _BORROWED[right]
    module, _, name = right.rpartition(".")
    if not is_free(code.text, [module.partition(".")[0], wrong, name]):
        return None
    use = statement(rng, right + call)
    fixed = with_import(code.text, f"import {module.partition('.')[0]}", use)
    broken = fixed.replace(right + call, f"{wrong}.{name}{call}")
    broken = broken.replace(f"import {module.partition('.')[0]}\n", f"import {wrong}\n", 1)
    return Pair(broken, fixed, f"AttributeError: module '{wrong}' has no attribute '{name}'", line_of(broken, name))


def _changed_method(code: Code, rng: Random, change: object) -> Pair | None:
    assert callable(change)
    places = [
        (index, kind)
        for index, token in enumerate(code.tokens[:-1])
        for kind, names in _METHODS.items()
        if token.text in names and index and code.tokens[index - 1].text == "." and code.tokens[index + 1].text == "("
    ]
    if not places:
        return None
    index, kind = rng.choice(places)
    name = code.tokens[index].text
    wrong = change(kind, name)
    if not wrong or wrong in (type_members(kind) or ()):
        return None
    hint = f". Did you mean: '{name}'?" if rng.random() < 0.5 and len(wrong) - len(name) in (-1, 0, 1) else ""
    line = code.text.count("\n", 0, code.tokens[index].start) + 1
    error = f"AttributeError: '{kind}' object has no attribute '{wrong}'{hint}"
    return Pair(code.replaced(index, index + 1, wrong), code.text, error, line)
