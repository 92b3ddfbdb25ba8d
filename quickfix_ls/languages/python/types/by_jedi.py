"""Answers of jedi about one source text. Imported only in jedi's own process."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from inspect import Parameter
from typing import Any

import jedi
from jedi.api.environment import InterpreterEnvironment
from jedi.inference.compiled.subprocess import InferenceStateSameProcess
from jedi.inference.helpers import infer_call_of_leaf

from quickfix_ls.languages.python.types.inquiries import Facts, Inquiry, TypeQuestion

# To search all files of a project for the callers of a function takes too long.
jedi.settings.dynamic_params_for_other_modules = False

_BY_NAME = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
_FROM = re.compile(r"\bfrom[ \t]+([\w.]*\w)[ \t]+import\b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MAX_BASES = 50


def answers_to(question: TypeQuestion) -> Iterator[Facts | None]:
    """Yield the facts for each inquiry, in order; None if jedi finds nothing, or fails."""
    script = jedi.Script(
        question.text,
        path=question.path or None,
        environment=_Environment(),
        project=jedi.Project(
            question.folders[0] if question.folders else ".",
            sys_path=[*question.folders, *_standard()],
            smart_sys_path=False,
        ),
    )
    return (_answer(script, question.text, inquiry) for inquiry in question.inquiries)


def _answer(script: jedi.Script, text: str, inquiry: Inquiry) -> Facts | None:
    try:
        if inquiry.kind == "keyword":
            return _of_call(script, *_place(text, inquiry.offset))
        return _of_owner(script, text, inquiry)
    except Exception:
        # jedi fails in many ways on code that it does not support; such an inquiry has no answer.
        return None


def _of_call(script: jedi.Script, line: int, column: int) -> Facts | None:
    signatures = script.get_signatures(line, column)
    parameters = [parameter for signature in signatures for parameter in signature.params]
    names = frozenset(parameter.name for parameter in parameters if parameter.kind in _BY_NAME)
    if not names:
        return None
    is_complete = all(parameter.kind is not Parameter.VAR_KEYWORD for parameter in parameters)
    return Facts(signatures[0].name, names, is_complete)


def _of_owner(script: jedi.Script, text: str, inquiry: Inquiry) -> Facts | None:
    names = frozenset(completion.name for completion in script.complete(*_place(text, inquiry.offset)))
    if not names:
        return None
    owners = list(_owners(script, text, inquiry))
    is_complete = bool(owners) and "__getattr__" not in names and all(map(_is_known, owners))
    return Facts(_called(owners), names, is_complete)


def _owners(script: jedi.Script, text: str, inquiry: Inquiry) -> Iterator[Any]:
    """Yield jedi's values for the expression before the dot, or for the module that is imported from; none if
    unknown."""
    before = text[: inquiry.offset]
    if inquiry.kind == "attribute":
        owner = before.rstrip().removesuffix(".").rstrip(" \t\r\n\\")
        leaf = script._module_node.get_leaf_for_position(_place(owner, len(owner)))
        yield from infer_call_of_leaf(script._get_module_context().create_context(leaf), leaf)
    elif modules := list(_FROM.finditer(before)):
        for name in script.infer(*_place(before, modules[-1].end(1) - 1)):
            yield from name._name.infer()


def _called(owners: Iterable[Any]) -> str:
    """Return the first owner in the wording of Python's messages."""
    for owner in owners:
        if owner.is_module():
            return f"module '{owner.py__name__()}'"
        return f"'{owner.py__name__()}' object" if owner.is_instance() else f"type object '{owner.py__name__()}'"
    return "the object"


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return jedi's position of an offset: the line from 1, the column from 0."""
    ends = [found.end() for found in _LINE_END.finditer(text, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0)


# -- completeness ----------------------------------------------------------------------------------------------------


def _is_known(value: Any) -> bool:
    """Return whether all members of a value come from code that could be read."""
    if value.is_module():
        return _is_known_module(value)
    if value.is_instance():
        value = value.py__class__()
    return bool(value.is_class()) and all(map(_has_known_bases, _ancestors(value)))


def _ancestors(value: Any) -> Iterator[Any]:
    for count, base in enumerate(value.py__mro__()):
        if count > _MAX_BASES:
            raise RecursionError(f"{value} has no end of bases")
        yield base


def _has_known_bases(value: Any) -> bool:
    """Return whether all bases of a class are known. A stub lists all members, although a base that only types have
    (`Generic[T]`) may infer to nothing."""
    if value.is_compiled() or value.get_root_context().is_stub():
        return True
    return all(base.infer() for base in value.py__bases__())


def _is_known_module(module: Any) -> bool:
    """Return whether each `from m import *` in a module is of a known module."""
    if module.is_compiled() or module.tree_node is None:
        return bool(module.is_compiled())
    stars = sum(statement.is_star_import() for statement in module.tree_node.iter_imports())
    return bool(len(module.star_imports()) >= stars)


# -- restrictions on imports -------------------------------------------------------------------------------------------


def _standard() -> list[str]:
    return [entry for entry in sys.path if not entry.endswith(("site-packages", "dist-packages"))]


class _Environment(InterpreterEnvironment):  # type: ignore[misc]  # jedi's classes are not exported as types
    """The running interpreter as jedi's environment; it starts no other process."""

    def get_inference_state_subprocess(self, inference_state: Any) -> _OnlyStandard:
        return _OnlyStandard(inference_state)


class _OnlyStandard(InferenceStateSameProcess):  # type: ignore[misc]  # as above
    """Import restriction: jedi imports modules without source in order to inspect them. That is allowed for the
    standard library only, since for a project it would run the project's code."""

    def load_module(self, dotted_name: str, sys_path: object) -> Any:
        if dotted_name.partition(".")[0] not in sys.stdlib_module_names:
            return None
        return self.__getattr__("load_module")(dotted_name=dotted_name, sys_path=_standard())
