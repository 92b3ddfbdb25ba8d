"""Code that expects a name, a member or a module to be missing: what is below it is not reported."""

from __future__ import annotations

import ast
from typing import Any

_CAUGHT = frozenset(
    {"AttributeError", "BaseException", "Exception", "ImportError", "ModuleNotFoundError", "NameError", "TypeError"}
)
_ASKS = frozenset(
    {"PY2", "PY3", "IS_PY2", "IS_PY3", "TYPE_CHECKING", "getattr", "hasattr", "hexversion", "platform",
     "python_version", "raises", "suppress", "version_info"}
)  # fmt: skip


def is_guarded(node: Any) -> bool:
    """Whether a `try`, `if`, `while`, conditional expression or `with` expects that what is below it may fail."""
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        return _mentions(node.test, _ASKS)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return any(_expects(item.context_expr) for item in node.items)
    return any(one.type is None or _mentions(one.type, _CAUGHT) for one in node.handlers)


def _expects(call: ast.expr) -> bool:
    """`with pytest.raises(E)`, `suppress(E)`, `self.assertRaises(E)`."""
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in _ASKS or name.lower().startswith(("assertraises", "check_raises", "assert_raises"))


def _mentions(node: ast.AST, names: frozenset[str]) -> bool:
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in names:
            return True
        if isinstance(one, ast.Attribute) and one.attr in names:
            return True
    return False
