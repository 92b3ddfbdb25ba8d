"""Members that are asked of the wrong owner: of a module for its class (`import datetime; datetime.now()`), of a class
for its module (`from datetime import datetime; datetime.timedelta(1)`), or of another module (`os.rmtree`)."""

from __future__ import annotations

import builtins
import sys
from functools import lru_cache
from types import ModuleType

from quickfix_ls.languages.python.members.stdlib_members import light_module, module_members
from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.languages.python.project.stdlib_history import existed

_CLASS_LEVEL = (classmethod, staticmethod, type(dict.__dict__["fromkeys"]))
_LEADS_BY = 3
"""How many times as popular as any other a module has to be, to be the one that a name belongs to."""


def class_for(module: str, name: str) -> str:
    """Return the class of a module of the standard library that has a member which the module lacks, and that can be
    asked for it: the class of the module's own name, or the only one with such a class method. Empty if there is
    none."""
    members = module_members(module)
    found = light_module(module)
    if found is None or members is None or name in members or name.startswith("_") or existed(module, name):
        return ""
    same = vars(found).get(module.rpartition(".")[2])
    if isinstance(same, type) and isinstance(_own(same, name), _CLASS_LEVEL):
        return same.__name__
    classes = [value for key, value in vars(found).items() if isinstance(value, type) and not key.startswith("_")]
    having = [cls for cls in classes if cls.__module__ == module and isinstance(_own(cls, name), _CLASS_LEVEL)]
    outermost = [cls for cls in having if not any(cls is not base and issubclass(cls, base) for base in having)]
    return outermost[0].__name__ if len(outermost) == 1 else ""


def module_for(dotted: str, name: str) -> str:
    """Return the module of a class or function of the standard library, if the module has a public member that the
    class or function lacks; of any other one, if the member has the module's and the function's name (`tqdm`). Empty
    otherwise."""
    module, _, last = dotted.rpartition(".")
    if module == last == name and module not in sys.stdlib_module_names:
        return module
    found = light_module(module) if module else None
    owner = vars(found).get(last) if found is not None else None
    if owner is None or isinstance(owner, ModuleType) or name.startswith("_") or not callable(owner):
        return ""
    return module if hasattr(found, name) and not hasattr(owner, name) else ""


def member_called_like(module: str) -> str:
    """Return the function or class of a module of the standard library that has the module's name, with any case; empty
    if there is none."""
    last = module.rpartition(".")[2]
    members = module_members(module) or frozenset()
    return last if last in members else next((name for name in sorted(members) if name.lower() == last), "")


def home_of(module: str, name: str, *, is_reported: bool = False) -> str:
    """Return the dotted name of a member of the standard library that is asked of the wrong module: that of a module
    below it, of a builtin function, or of the module where it is commonly imported from; empty if it is unknown. Unless
    a tool has reported that the module lacks it, all members of the module must be known."""
    members = module_members(module)
    if members is None:
        members = frozenset() if is_reported and module in sys.stdlib_module_names else frozenset({name})
    if name in members or name.startswith("_") or existed(module, name):
        return ""
    return _home_of(module, name)


@lru_cache(maxsize=256)
def _home_of(module: str, name: str) -> str:
    ways = [way for way in Importables(packages=("",)).for_name(name, limit=8) if way.member == name]
    ways = [
        way for way in ways if way.module.partition(".")[0] in sys.stdlib_module_names and "_" not in way.module[:1]
    ]
    below = [way.module for way in ways if way.module.startswith(f"{module}.")]
    if below:
        return f"{min(below, key=lambda found: found.count('.'))}.{name}"
    if name.islower() and callable(getattr(builtins, name, None)) and len(name) > 2:
        return name
    known = [way for way in ways if way.popularity and name in (module_members(way.module) or (name,))]
    if not known or (len(known) > 1 and known[0].popularity < _LEADS_BY * known[1].popularity):
        return ""
    return f"{known[0].module}.{name}"


def _own(cls: type, name: str) -> object:
    return next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)
