"""How a file writes a dotted name: through its imports, or with one that is added."""

from __future__ import annotations

import builtins
from collections.abc import Mapping

from quickfix_ls.context import Context
from quickfix_ls.languages.python.import_names import extension
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.values import Edit, Span

_IMPORTS_ALL = frozenset({"numpy", "openai", "os", "pandas", "tensorflow", "torch"})
"""Packages whose `import` also loads their subpackages."""

_BUILTINS = frozenset(dir(builtins))

Missing = Mapping[tuple[str, str], None]
"""Imports that a file lacks: pairs of a module and a member, which is empty for the module itself, in order."""


class Spelling:
    """Writes dotted names as a file with certain `imports` (by name) can; what is not imported is collected.

    `by_name`: members are imported from their modules, rather than the modules. A colon in a dotted name ends the
    module: `openai:chat.completions`.
    """

    def __init__(self, imports: Mapping[str, str], by_name: bool = False) -> None:
        self.imports = imports
        self.by_name = by_name
        self.missing: dict[tuple[str, str], None] = {}

    def of_module(self, module: str) -> str:
        """Return the file's spelling of a module."""
        alias = next((alias for alias, known in self.imports.items() if known == module), "")
        if not alias:
            self.missing[module, ""] = None
        return alias or module

    def of(self, dotted: str) -> str:
        """Return the file's spelling of a dotted name."""
        plain = dotted.replace(":", ".")
        module, rest = split(dotted)
        if not module:
            return plain
        for alias, known in sorted(self.imports.items(), key=lambda pair: -len(pair[1])):
            below = plain[len(known) + 1 :]
            if plain == known:
                return alias
            if plain.startswith(f"{known}.") and _is_loaded(known, module, below):
                return f"{alias}.{below}"
        if self.by_name:
            self.missing[module, rest.partition(".")[0]] = None
            return rest
        self.missing[module, ""] = None
        return plain


def split(dotted: str) -> tuple[str, str]:
    """Split a dotted name into its module, which is empty for a builtin, and the rest.

    A capitalized part is a class, so it and all parts after it belong to the rest.
    """
    if ":" in dotted:
        module, _, rest = dotted.partition(":")
        return module, rest
    parts = dotted.split(".")
    if parts[0] in _BUILTINS:
        return "", dotted
    at = next((index for index, part in enumerate(parts) if part[:1].isupper() and index), len(parts) - 1)
    return ".".join(parts[:at]), ".".join(parts[at:])


def statement_of(module: str, member: str) -> str:
    """Return the import statement for a module, or for a member of it."""
    return f"from {module} import {member}" if member else f"import {module}"


def import_edits(context: Context, missing: Missing) -> list[Edit]:
    """Return the edits that import what is missing: members join an import from their module."""
    text = context.snapshot.text
    block = import_block(text)
    edits, lines = [], []
    for module, member in missing:
        joined = extension(text, block, module, member) if member else None
        if joined is not None:
            edits.append(joined)
        else:
            lines.append(statement_of(module, member))
    if lines:
        joined_lines = "\n".join(lines)
        edits.append(Edit(Span(block.place, block.place), f"{block.before}{joined_lines}{block.after}"))
    return edits


def _is_loaded(known: str, module: str, below: str) -> bool:
    """Return whether the import of `known` suffices to read the name `below` it, a member of `module`."""
    return known == module or "." not in below or known.partition(".")[0] in _IMPORTS_ALL or below[:1].isupper()
