"""The parameters that can be passed by name to functions and classes of the standard library: the complete set, or None
where it is unknown."""

from __future__ import annotations

import inspect
from functools import lru_cache
from inspect import Parameter

from quickfix_ls.languages.python.members.stdlib_members import PARAMETERS, light_module

_BY_NAME = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
_CSV = "delimiter doublequote escapechar lineterminator quotechar quoting skipinitialspace strict"
_JSON = "skipkeys ensure_ascii check_circular allow_nan cls indent separators default sort_keys"
_LOAD = "cls object_hook parse_float parse_int parse_constant object_pairs_hook"
_POPEN = (
    "args bufsize executable stdin stdout stderr preexec_fn close_fds shell cwd env universal_newlines startupinfo "
    "creationflags restore_signals start_new_session pass_fds user group extra_groups encoding errors text umask "
    "pipesize process_group"
)
_PASSED_ON = {
    "csv.DictReader": f"f fieldnames restkey restval dialect {_CSV}",
    "csv.DictWriter": f"f fieldnames restval extrasaction dialect {_CSV}",
    "csv.reader": f"dialect {_CSV}",
    "csv.writer": f"dialect {_CSV}",
    "json.dump": f"obj fp {_JSON}",
    "json.dumps": f"obj {_JSON}",
    "json.load": f"fp {_LOAD}",
    "json.loads": f"s {_LOAD}",
    "logging.basicConfig": "filename filemode format datefmt style level stream handlers force encoding errors",
    "subprocess.Popen": _POPEN,
    "subprocess.call": f"timeout {_POPEN}",
    "subprocess.check_call": f"timeout {_POPEN}",
    "subprocess.check_output": f"timeout input {_POPEN}",
    "subprocess.run": f"input capture_output timeout check {_POPEN}",
}
"""Functions that pass arguments on to others, and ones whose signature is not known."""

OF_METHODS = {
    "add_argument": "action nargs const default type choices required help metavar dest version",
}
"""Parameters of methods that pass arguments on, by the method's name."""


@lru_cache(maxsize=512)
def known_parameters(dotted: str) -> tuple[str, ...] | None:
    """Return the parameters of a builtin or of a function or class of the standard library, by its full name."""
    if dotted in PARAMETERS:
        return PARAMETERS[dotted]
    if dotted in _PASSED_ON:
        return tuple(_PASSED_ON[dotted].split())
    module, _, last = dotted.rpartition(".")
    found = light_module(module) if module else None
    function = vars(found).get(last) if found is not None else None
    if not callable(function):
        return None
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    if not parameters or any(item.kind is Parameter.VAR_KEYWORD for item in parameters):
        return None
    return tuple(item.name for item in parameters if item.kind in _BY_NAME)
