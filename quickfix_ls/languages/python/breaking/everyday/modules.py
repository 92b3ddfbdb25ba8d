"""Everyday errors in imports: misspelt modules and names, and names that Python or a package renamed."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.prepared import is_free, line_of, mistyped, statement, with_import
from quickfix_ls.languages.python.project.packages import all_renames

_IMPORT = re.compile(r"^(?:import|from)[ \t]+(?P<module>[A-Za-z]\w*(?:\.\w+)*)(?=[ \t]|$)", re.MULTILINE)
_FROM = re.compile(
    r"^from[ \t]+(?P<module>[A-Za-z]\w*(?:\.\w+)*)[ \t]+import[ \t]+(?P<names>\w+(?:, \w+)*)$", re.MULTILINE
)
_SHORTEST = 4


@everyday
def misspelt_module(code: Code, rng: Random) -> Pair | None:
    """Mistype a module in its import, or wherever it is read, too."""
    found = [match for match in _IMPORT.finditer(code.text) if len(match["module"]) >= _SHORTEST]
    if not found:
        return None
    match = rng.choice(found)
    first, _, rest = match["module"].partition(".")
    wrong = mistyped(rng, first)
    if not is_free(code.text, [wrong]):
        return None
    start = match.start("module")
    broken = code.text[:start] + wrong + code.text[start + len(first) :]
    if match.group().startswith("import") and not rest and rng.random() < 0.5:
        broken = re.sub(rf"(?<![\w.]){first}(?=\.)", wrong, broken)
    line = code.text.count("\n", 0, start) + 1
    return Pair(broken, code.text, f"ModuleNotFoundError: No module named '{wrong}'", line)


@everyday
def misspelt_import(code: Code, rng: Random) -> Pair | None:
    """Mistype a name that is imported, in the import alone or where it is read, too."""
    found = [(match, name) for match in _FROM.finditer(code.text) for name in match["names"].split(", ")]
    found = [(match, name) for match, name in found if len(name) >= _SHORTEST]
    if not found:
        return None
    match, name = rng.choice(found)
    wrong = mistyped(rng, name)
    start = code.text.index(name, match.start("names"))
    if not is_free(code.text, [wrong]):
        return None
    broken = code.text[:start] + wrong + code.text[start + len(name) :]
    if rng.random() < 0.5:
        broken = re.sub(rf"(?<![\w.]){name}(?!\w)", wrong, broken)
    hint = f". Did you mean: '{name}'?" if rng.random() < 0.5 else ""
    line = code.text.count("\n", 0, start) + 1
    return Pair(broken, code.text, f"ImportError: cannot import name '{wrong}' from '{match['module']}'{hint}", line)


@everyday
def renamed_member(code: Code, rng: Random) -> Pair | None:
    """Read or import a member of a module by the name that it had before a release."""
    items = [item for item in all_renames() if item.kind == "members" and item.new and _is_plain(item.old, item.new[0])]
    item = rng.choice(items)
    old_module, _, old = item.old.rpartition(".")
    new_module, _, new = item.new[0].rpartition(".")
    if not is_free(code.text, [old, new, old_module.partition(".")[0], new_module.partition(".")[0]]):
        return None
    if rng.random() < 0.5:
        use = statement(rng, f"{new}(text)")
        fixed = with_import(code.text, f"from {new_module} import {new}", use)
        broken = with_import(code.text, f"from {old_module} import {old}", use.replace(f"{new}(", f"{old}("))
        return Pair(broken, fixed, f"ImportError: cannot import name '{old}' from '{old_module}'", line_of(broken, old))
    use = statement(rng, f"{new_module}.{new}(text)")
    fixed = with_import(code.text, f"import {new_module}", use)
    broken = with_import(code.text, f"import {old_module}", use.replace(f"{new_module}.{new}(", f"{old_module}.{old}("))
    error = f"AttributeError: module '{old_module}' has no attribute '{old}'"
    return Pair(broken, fixed, error, line_of(broken, old, f"{old_module}.{old}("))


@everyday
def renamed_method(code: Code, rng: Random) -> Pair | None:
    """Call a method by the name that it had before a release."""
    items = [item for item in all_renames() if item.kind == "methods" and item.new and item.new[0].isidentifier()]
    item = rng.choice(items)
    owner, _, old = item.old.partition(".")
    use = statement(rng, f"{owner.lower()}.{item.new[0]}()")
    fixed = with_import(code.text, "import sys", use)
    broken = fixed.replace(f".{item.new[0]}()", f".{old}()")
    line = broken.count("\n", 0, broken.rindex(f".{old}(")) + 1
    return Pair(broken, fixed, f"AttributeError: '{owner}' object has no attribute '{old}'", line)


@everyday
def renamed_argument(code: Code, rng: Random) -> Pair | None:
    """Pass an argument by the name that it had before a release."""
    items = [item for item in all_renames() if item.kind == "arguments" and item.new and item.new[0].isidentifier()]
    item = rng.choice([item for item in items if "." in item.old.rpartition(".")[0]])
    function, _, old = item.old.rpartition(".")
    module, _, name = function.rpartition(".")
    if not is_free(code.text, [name, module.partition(".")[0]]):
        return None
    use = statement(rng, f"{name}(text, {item.new[0]}=2)")
    fixed = with_import(code.text, f"from {module} import {name}", use)
    broken = fixed.replace(f"{item.new[0]}=2", f"{old}=2")
    line = broken.count("\n", 0, broken.rindex(f"{old}=2")) + 1
    return Pair(broken, fixed, f"TypeError: {name}() got an unexpected keyword argument '{old}'", line)


def _is_plain(old: str, new: str) -> bool:
    """Return whether both are members of modules, so that an import of each says it all."""
    parts = [*old.split("."), *new.split(".")]
    names = all(part.isidentifier() for part in parts) and not any(part[:1].isupper() for part in parts[:-1])
    return names and "." in new and not any(part[:1].isupper() for part in old.split(".")[:-1])
