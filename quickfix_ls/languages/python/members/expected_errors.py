"""Code that expects a name, a member or a module to be missing: problems in it are not reported."""

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
    """Return whether a `try`, `if`, `while`, conditional expression or `with` expects that the code in it may fail."""
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        return _mentions(node.test, _ASKS)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return any(_expects(item.context_expr) for item in node.items)
    return any(handler.type is None or _mentions(handler.type, _CAUGHT) for handler in node.handlers)


def _expects(call: ast.expr) -> bool:
    """Return whether a call is like `pytest.raises(E)`, `suppress(E)` or `self.assertRaises(E)`."""
    if not isinstance(call, ast.Call):
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in _ASKS or name.lower().startswith(("assertraises", "check_raises", "assert_raises"))


def _mentions(node: ast.AST, names: frozenset[str]) -> bool:
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and child.id in names:
            return True
        if isinstance(child, ast.Attribute) and child.attr in names:
            return True
    return False
