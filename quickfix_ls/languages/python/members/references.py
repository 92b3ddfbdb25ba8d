"""References of a unit: the attributes, arguments and modules that its code refers to, and what its names are bound to.

`find_references` collects them; `misspellings` resolves them against the whole file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from quickfix_ls.languages.python.members.binding_kinds import BindingKind
from quickfix_ls.values import Span

UseKind = Literal[
    "attribute", "keyword", "import", "module", "called", "special", "guard", "selfless", "redirected", "early", "lost"
]
Parameters = tuple[str, ...]


class Use(NamedTuple):
    """A reference to `name`. By `kind`:

    - `attribute`: an attribute of `owner`.
    - `keyword`: an argument in a call of `owner`.
    - `import`: a member of the module `owner`.
    - `module`: the module `name` is imported.
    - `called`: `name`, which a module of the standard library has, too, is called.
    - `early`: `name` is read as soon as the module runs.
    - The other kinds are those of `suspicious_code`; `owner` is the special method that is meant.

    `owner` is dotted (`os.path`), empty for `self` and for a literal, `UNNAMED` for other expressions; `binding` is the
    kind of its first name where the unit alone decides that. `given` are all keyword arguments of the call. `guarded`:
    the code expects the reference to fail. `span` is relative to the unit.
    """

    kind: UseKind
    owner: str
    name: str
    span: Span
    binding: BindingKind | None = None
    given: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class UnitUses:
    """The references of a unit and its bindings.

    - `uses`: references to names that the unit does not bind, or binds to a known kind.
    - `bindings`: the kinds of names that it binds at module level exactly once.
    - `own`: for a unit of a class, references to members of `self`.
    - `stored`: the attributes of `self` that its methods assign.
    - `methods`: the parameters of its methods (None: any).
    - `opens`: the class whose body continues in the following units.
    - `dynamic`: it may add members that its source does not show.
    """

    uses: tuple[Use, ...] = ()
    bindings: dict[str, BindingKind] = field(default_factory=dict)
    own: tuple[Use, ...] = ()
    stored: frozenset[str] = frozenset()
    methods: dict[str, Parameters | None] = field(default_factory=dict)
    opens: BindingKind | None = None
    dynamic: bool = False


NOTHING = UnitUses()
