"""References of a unit: the attributes, arguments and modules that its code refers to, and what its names are bound to.

`find_references` collects them; `misspellings` resolves them against the whole file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from quickfix_ls.languages.python.members.binding_kinds import BindingKind
from quickfix_ls.values import Span

UseKind = Literal[
    "attribute", "keyword", "import", "module", "special", "guard", "selfless", "redirected", "early", "lost"
]
Parameters = tuple[str, ...]


class Use(NamedTuple):
    """`name` is asked of `owner`: an attribute of it (`attribute`), an argument in a call of it (`keyword`), a member
    of the module `owner` (`import`); or `name` itself is the module that is imported (`module`), is read as soon as
    the module runs (`early`), or is what `oddities` finds odd (the other kinds; `owner` is the special method that is
    meant).

    `owner` is dotted (`os.path`), empty for `self` and for a literal, `UNNAMED` for other expressions; `meaning` is
    what its first name stands for where the unit alone decides that. `given` are all named arguments of the call.
    `guarded`: the code expects that it fails. `span` is relative to the unit.
    """

    kind: UseKind
    owner: str
    name: str
    span: Span
    meaning: BindingKind | None = None
    given: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class UnitUses:
    """`uses` of what the unit does not bind, or binds to something known; `meanings` of what it binds at module
    level, once. For a unit of a class: `own` is asked of `self`, `stored` are the attributes that its methods give to
    `self`, `methods` the parameters of its methods (None: any); `opens` is the class whose body goes on in the units
    behind; `dynamic`: it may add members that we can't see.
    """

    uses: tuple[Use, ...] = ()
    meanings: dict[str, BindingKind] = field(default_factory=dict)
    own: tuple[Use, ...] = ()
    stored: frozenset[str] = frozenset()
    methods: dict[str, Parameters | None] = field(default_factory=dict)
    opens: BindingKind | None = None
    dynamic: bool = False


NOTHING = UnitUses()
