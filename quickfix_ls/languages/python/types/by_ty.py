"""Answers of ty's language server about one source text.

An owner has a member if ty knows where it is defined, which takes it the least time to say; so the names that could be
meant are tried first. The members of an owner are the completions at its dot, and the parameters of a call those of its
signature. For the completions the name is taken out of the text, since the server completes no name that is written
already. That an owner can have no other members is what a diagnostic of ty says about the name; diagnostics are
requested only if there is a name that its owner seems to lack.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from anyio import CancelScope

from quickfix_ls.languages.python.types.inquiries import Facts, Inquiry, TypeQuestion
from quickfix_ls.languages.python.types.star_imports import resolves_stars
from quickfix_ls.languages.python.types.ty_document import Server, TyDocument
from quickfix_ls.languages.python.types.ty_lacks import UNTOLD, Lack, lacks_of, owner_of_class, owner_of_name
from quickfix_ls.values import Span

_MAX_COMPLETIONS = 1000
"""The number of completions after which ty leaves out the rest."""

_NAME = re.compile(r"\w+")
_PARAMETER = re.compile(r"(\**)(\w+)")
_FROM = re.compile(r"\bfrom[ \t]+([\w.]*\w)[ \t]+import\b")
_GAP = " \t\r\n\\"


class _Members(NamedTuple):
    """The `names` of the members of an owner; `is_cut` if there may be more that ty did not list."""

    names: frozenset[str]
    is_cut: bool


async def answers_to(server: Server, question: TypeQuestion, uri: str, until: float) -> tuple[list[Facts | None], bool]:
    """Return the facts for each inquiry, in order, None where nothing is known, and whether all inquiries were made.

    The text is shown to the server as the document `uri`. At `until`, a time of anyio's clock, the request in progress
    is cancelled. Raises as `Server.request`.
    """
    document = TyDocument(server, question.text, uri)
    found: list[Facts | None] = [None for _ in question.inquiries]
    with CancelScope(deadline=until) as patience:
        lacking: dict[int, _Members] = {}
        for number, inquiry in enumerate(question.inquiries):
            if inquiry.kind == "keyword":
                found[number] = _parameters(await document.at("signatureHelp", inquiry.offset))
            elif inquiry.hints and (facts := await _of_hints(document, inquiry)) is not None:
                found[number] = facts
            elif (members := await _members(document, inquiry.offset)) is not None:
                found[number] = None if members.is_cut else Facts("", members.names, False)
                if _name_at(question.text, inquiry.offset) not in members.names:
                    lacking[number] = members
        lacks = lacks_of(await document.diagnostics()) if lacking else []
        for number, members in lacking.items():
            found[number] = await _facts(server, document, question.inquiries[number], members, lacks)
    document.close()
    return found, not patience.cancelled_caught


def _name_at(text: str, offset: int) -> str:
    found = _NAME.match(text, offset)
    return found[0] if found else ""


# -- members -----------------------------------------------------------------------------------------------------------


async def _of_hints(document: TyDocument, inquiry: Inquiry) -> Facts | None:
    """Return which of the names that could be meant the owner has, or that it has the name which is written; None if
    ty knows none of them. Raises as `Server.request`."""
    text, offset = document.snapshot.text, inquiry.offset
    name = _name_at(text, offset)
    # A member may be defined with an unknown type, or have the type that `__getattr__` gives it.
    if await document.at("definition", offset) or await document.shown_at(offset) not in UNTOLD:
        return Facts("", frozenset({name}), False)
    there = set()
    for hint in inquiry.hints:
        if await document.at("definition", offset, f"{text[:offset]}{hint}{text[offset + len(name) :]}"):
            there.add(hint)
    if not there:
        return None
    return Facts(await _owner(document, inquiry, Span(offset, offset + len(name))), frozenset(there), False)


async def _members(document: TyDocument, offset: int) -> _Members | None:
    """Return the members of the owner of the name at an offset; None if the owner is unknown. Raises as
    `Server.request`."""
    text = document.snapshot.text
    found = _NAME.match(text, offset)
    before, name, after = text[:offset], found[0] if found else "", text[found.end() if found else offset :]
    names = await document.completions(offset, before + after)
    is_cut = len(names) >= _MAX_COMPLETIONS
    for typed in sorted(set(name[:2])) if is_cut else ():
        names |= await document.completions(offset + 1, before + typed + after)
    # Even an unknown owner has the members of every object.
    return None if all(member.startswith("__") for member in names) else _Members(names, is_cut)


async def _facts(
    server: Server, document: TyDocument, inquiry: Inquiry, members: _Members, lacks: list[Lack]
) -> Facts | None:
    """Return the facts about a name that is not among the members of its owner; None if it may be one that ty did not
    list. Raises as `Server.request`."""
    text = document.snapshot.text
    found = _NAME.match(text, inquiry.offset)
    if found is None:
        return None
    place = Span(*found.span())
    lack = next((lack for lack in lacks if lack.is_about(inquiry.kind, found[0], place)), None)
    if lack is None:
        owner = "" if members.is_cut else await _owner(document, inquiry, place)
        return None if members.is_cut else Facts(owner, members.names, False)
    is_complete = not lack.is_module or await resolves_stars(server, await _definition(document, inquiry))
    return Facts(lack.owner or await _owner(document, inquiry, place), members.names, is_complete)


async def _owner(document: TyDocument, inquiry: Inquiry, name: Span) -> str:
    """Return the owner of a name in the wording of Python's messages. Raises as `Server.request`."""
    text = document.snapshot.text
    if inquiry.kind == "import":
        return f"module '{_module(text, name.start)[0]}'"
    end = _owner_end(text, name.start)
    if text[end - 1 : end].isidentifier():
        owner = owner_of_name(await document.shown_at(end - 1))
    else:
        shown = f"{text[: name.start]}__class__{text[name.end :]}"
        owner = owner_of_class(await document.shown_at(name.start, shown))
    return owner or "the object"


async def _definition(document: TyDocument, inquiry: Inquiry) -> Any:
    """Return ty's answer about the definition of the module that is the owner of a name. Raises as
    `Server.request`."""
    text = document.snapshot.text
    end = _module(text, inquiry.offset)[1] if inquiry.kind == "import" else _owner_end(text, inquiry.offset)
    return await document.at("definition", end - 1)


def _owner_end(text: str, offset: int) -> int:
    """Return the end of the expression whose attribute is at an offset."""
    return len(text[:offset].rstrip(_GAP).removesuffix(".").rstrip(_GAP))


def _module(text: str, offset: int) -> tuple[str, int]:
    """Return the module that the name at an offset is imported from, and the end of its name."""
    statements = list(_FROM.finditer(text, 0, offset))
    return (statements[-1][1], statements[-1].end(1)) if statements else ("", 1)


# -- parameters --------------------------------------------------------------------------------------------------------


def _parameters(answer: Any) -> Facts | None:
    """Return the parameters that can be given by name, of all signatures of a call; None if it is unknown."""
    signatures = (answer or {}).get("signatures", ())
    names = frozenset(name for signature in signatures for name in _named(signature))
    if not names:
        return None
    is_complete = all(
        signature.get("parameters") and not any(part["label"].startswith("**") for part in signature["parameters"])
        for signature in signatures
    )
    return Facts("", names, is_complete)


def _named(signature: dict[str, Any]) -> list[str]:
    """Return the parameters of a signature that can be given by name: without those before a `/`, and `*` ones."""
    label, end = signature["label"], 0
    names: list[str] = []
    for parameter in signature.get("parameters", ()):
        start = label.find(parameter["label"], end)
        if "/" in label[end:start]:
            names = []
        end = start + len(parameter["label"])
        found = _PARAMETER.match(parameter["label"])
        if found is not None and not found[1]:
            names.append(found[2])
    return [] if "/" in label[end:].partition(")")[0] else names
