"""Everyday errors about names: an import, `self.` or a qualifier is missing, a name is renamed at its definition only,
or was never defined.

Where nothing but the author's knowledge tells the right text (a deleted definition), `fixed` is the code before: no
candidate makes it, so that a model learns to offer nothing.
"""

from __future__ import annotations

import ast
import builtins
import re
from random import Random

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import tree_of
from quickfix_ls.languages.python.breaking.everyday.name_pieces import (
    bound_names,
    defines,
    local_of,
    other_name,
    other_style,
    replaced,
    uses_of,
    walk,
    words_of,
)
from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.python.lexer import KEYWORDS

_BUILTINS = frozenset(dir(builtins))
_PYTHON_2 = {"range": "xrange", "str": "unicode", "input": "raw_input", "int": "long", "chr": "unichr", "zip": "izip"}
_GUARDS = (
    ("_name_", "_main_"), ("_name_", "__main__"), ("__nmae__", "__main__"), ("__name", "__main"), ("_name_", "main"),
    ("__mame__", "__main__"), ("name__", "__main__"),
)  # fmt: skip
_SELVES = ("slef", "sefl", "sel", "selff", "Self", "seld", "elf", "sself")
_UNKNOWN = (
    "compute_{}", "load_{}", "get_{}", "{}_table", "{}_count", "all_{}", "process_{}", "{}_config", "default_{}",
    "validate_{}", "{}_cache", "current_{}",
)  # fmt: skip


@everyday
def missing_self(code: Code, rng: Random) -> Pair | None:
    """Leave out the `self.` of an attribute or a method, in all methods or at one place."""
    places = Places(code.text)
    found: dict[str, list[ast.Attribute]] = {}
    for node in walk(code):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            found.setdefault(node.attr, []).append(node)
    bound = bound_names(code)
    reads = {
        name: [node for node in nodes if isinstance(node.ctx, ast.Load)]
        for name, nodes in found.items()
        if name not in bound and name not in _BUILTINS
    }
    # Another place has to show that it is a member.
    names = [name for name, nodes in sorted(reads.items()) if nodes and (len(found[name]) > 1 or defines(code, name))]
    if not names:
        return None
    name = rng.choice(names)
    all_reads = len(found[name]) > len(reads[name]) or defines(code, name)
    chosen = reads[name] if all_reads and rng.random() < 0.5 else [rng.choice(reads[name])]
    text = code.text
    for node in sorted(chosen, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        start = places.offset(node.lineno, node.col_offset)
        if not text.startswith(f"self.{name}", start):
            return None
        text = text[:start] + text[start + len("self.") :]
    return Pair(text, code.text)


@everyday
def renamed_definition(code: Code, rng: Random) -> Pair | None:
    """Rename a parameter, a variable or a function where it is bound, and leave the places that read it."""
    name = local_of(code, rng)
    if name is None:
        return None
    new = other_name(name, rng)
    bindings, reads = uses_of(code, name)
    if not bindings or not reads or new in words_of(code.text):
        return None
    broken = replaced(code.text, bindings, len(name), new)
    return Pair(broken, replaced(code.text, [*bindings, *reads], len(name), new))


@everyday
def misspelt_everywhere(code: Code, rng: Random) -> Pair | None:
    """Misspell a local, or write it in another style, at all places that read it."""
    name = local_of(code, rng)
    if name is None or len(name) < 3:
        return None
    wrong = other_style(name, rng) if rng.random() < 0.4 else mistype(name, rng)
    bindings, reads = uses_of(code, name)
    if not bindings or not reads or not wrong.isidentifier() or wrong in words_of(code.text) | KEYWORDS | _BUILTINS:
        return None
    return Pair(replaced(code.text, reads, len(name), wrong), code.text)


@everyday
def misspelt_self(code: Code, rng: Random) -> Pair | None:
    """Misspell the parameter `self`, or write `this` where it is read."""
    wrong = rng.choice(_SELVES)
    found = [match.start(1) for match in re.finditer(r"\bdef[ \t]+\w+\([ \t]*(self)\b", code.text)]
    if not found or wrong in words_of(code.text):
        return None
    if rng.random() < 0.4:
        reads = [match.start() for match in re.finditer(r"(?<![\w.])self(?=\.)", code.text)]
        broken = replaced(code.text, reads, 4, "this")
        return Pair(broken, code.text) if reads and "this" not in words_of(code.text) else None
    # Every method but one keeps its parameter; nested functions would read it, too.
    start = rng.choice(found)
    broken = code.text[:start] + wrong + code.text[start + 4 :]
    return Pair(broken, code.text)


@everyday
def python2_builtin(code: Code, rng: Random) -> Pair | None:
    """Write `xrange`, `unicode`, `raw_input` and the like at all places."""
    bound, words = bound_names(code), words_of(code.text)
    known = [
        name
        for name, old in _PYTHON_2.items()
        if name not in bound and old not in words and re.search(rf"(?<![\w.]){name}\(", code.text)
    ]
    if not known:
        return None
    name = rng.choice(known)
    places = [match.start() for match in re.finditer(rf"(?<![\w.]){name}(?=\()", code.text)]
    return Pair(replaced(code.text, places, len(name), _PYTHON_2[name]), code.text)


@everyday
def main_guard(code: Code, rng: Random) -> Pair | None:
    """Misspell `__name__`, and mostly `__main__` too."""
    functions = [
        node.name for node in tree_of(code.text).body if isinstance(node, ast.FunctionDef) and not node.args.args
    ]
    called = f"{rng.choice(functions)}()" if functions else rng.choice(("print('done')", "print(1)"))
    name, main = rng.choice(_GUARDS)
    quote = rng.choice("\"'")
    code_text = code.text.rstrip("\n") + "\n\n\n"
    broken = f"{code_text}if {name} == {quote}{main}{quote}:\n    {called}\n"
    return Pair(broken, f"{code_text}if __name__ == {quote}__main__{quote}:\n    {called}\n")


@everyday
def deleted_definition(code: Code, rng: Random) -> Pair | None:
    """Delete the only assignment of a local: what it should be is not known."""
    found = [
        node
        for node in walk(code)
        if isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
        and node.lineno == node.end_lineno
    ]
    bound = [name.id for name in walk(code) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)]
    found = [node for node in found if bound.count(node.targets[0].id) == 1]  # type: ignore[attr-defined]
    if not found:
        return None
    node = rng.choice(found)
    lines = code.text.split("\n")
    if lines[node.lineno - 1].strip() != (ast.get_source_segment(code.text, node) or ""):
        return None
    return Pair("\n".join(lines[: node.lineno - 1] + lines[node.lineno :]), code.text)


@everyday
def unknown_name(code: Code, rng: Random) -> Pair | None:
    """Read a name, or call a function, that was never written: what it should be is not known."""
    places = Places(code.text)
    found = [
        node
        for node in walk(code)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and len(node.id) > 2 and node.id != "self"
    ]
    if not found:
        return None
    node = rng.choice(found)
    start = places.offset(node.lineno, node.col_offset)
    words = sorted(word for word in words_of(code.text) if word.isidentifier() and word.islower() and len(word) > 3)
    wrong = rng.choice(_UNKNOWN).format(rng.choice([*words, node.id]).strip("_").split("_")[-1] or node.id)
    if not code.text.startswith(node.id, start) or wrong in words_of(code.text):
        return None
    call = f"{wrong}({node.id})" if rng.random() < 0.5 else wrong
    broken = code.text[:start] + call + code.text[start + len(node.id) :]
    definition = f"def {wrong}(*arguments):\n    raise NotImplementedError\n\n\n"
    return Pair(broken, definition + broken)
