"""Messages that Python prints when it runs code (TypeError, ValueError) or compiles it (SyntaxWarning), of which the
code itself shows the cause. A fixer of the theme `runs` finds the cause and makes the offer; nothing but another run
can prove it, so that none is preferred."""

from __future__ import annotations

import re

from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Problem, Reported

_PREFIX = re.compile(r"(?:(?P<code>[A-Z]\w*(?:Error|Warning)): )?")
_COMMA = "; perhaps you missed a comma?"
_NUMBER = r"'(?:int|float|complex|bool)'"
_CALLED = r"(?:[\w.<>]+\.)?\w+\(\)"

_ESCAPE = (
    r"(?:[Ii]nvalid escape sequence|Unsupported escape sequence in string literal|Anomalous backslash in string)\b.*"
)

_MESSAGES = (
    ("SyntaxWarning", _ESCAPE),
    ("DeprecationWarning", _ESCAPE),
    ("SyntaxWarning", r'"is(?: not)?" with (?:a|\'\w+\') literal'),
    ("SyntaxWarning", rf".*{re.escape(_COMMA)}"),
    ("SyntaxWarning", r"assertion is always true"),
    ("TypeError", r"'(?!module|type|function)\w+' object is not callable"),
    ("TypeError", r"(?:list|tuple|string|slice) indices must be integers"),
    ("TypeError", r"(?:'(?:builtin_function_or_method|function|method|type)' object|type '\w+') is not subscriptable"),
    ("TypeError", rf"{_CALLED} takes no arguments"),
    ("TypeError", rf"{_CALLED} takes (?:from \d+ to )?\d+ positional arguments? but \d+ (?:was|were) given"),
    ("TypeError", rf"{_CALLED} missing \d+ required positional arguments?: '\w+'"),
    ("TypeError", r"[\w.]+(?:\(\))? (?:takes|expected) (?:exactly |at most )?(?:one|\d+) arguments?"),
    ("TypeError", r"can only concatenate (?:str|list|tuple) \(not \"[\w.]+\"\) to (?:str|list|tuple)"),
    ("TypeError", rf"unsupported operand type\(s\) for .+: (?:{_NUMBER} and 'str'|'str' and {_NUMBER})"),
    ("TypeError", r"unsupported operand type\(s\) for \+=?: '\w*Path' and 'str'"),
    ("TypeError", rf"'[<>]=?' not supported between instances of (?:{_NUMBER} and 'str'|'str' and {_NUMBER})"),
    ("TypeError", r"'(?:str|float)' object cannot be interpreted as an integer"),
    ("TypeError", r"can't multiply sequence by non-int of type '(?:str|float)'"),
    ("TypeError", rf"{_NUMBER} object is not iterable"),
    ("TypeError", r"sequence item \d+: expected str instance, \w+ found"),
    ("TypeError", r"isinstance\(\) arg 2 must be a type"),
    ("TypeError", r"not enough arguments for format string"),
    ("TypeError", r"not all arguments converted during string formatting"),
    ("TypeError", r"non-default argument '\w+' follows default argument"),
    ("TypeError", r"Cannot interpret '.+' as a data type"),
    ("ValueError", r"mutable default <class '[\w.]+'> for field \w+ is not allowed"),
    ("ValueError", r"The truth value of a \w+ is ambiguous"),
    ("ValueError", r"The truth value of an array with more than one element is ambiguous"),
    ("TypeError", r"(?:cannot use '\w+' as a (?:dict key|set element) \()?unhashable type: '(?:list|dict|set)'"),
    ("TypeError", r"(?:a bytes-like object is required, not 'str'|write\(\) argument must be str, not \w+)"),
    ("TypeError", r"'NoneType' object is not (?:subscriptable|iterable)"),
    ("TypeError", r"object of type 'NoneType' has no len\(\)"),
    ("TypeError", r"cannot unpack non-iterable NoneType object"),
    ("TypeError", r"the JSON object must be str, bytes or bytearray, not \w+"),
    ("TypeError", r"Object of type \w+ is not JSON serializable"),
    ("TypeError", r"unsupported operand type\(s\) for [+-]=?: 'datetime\.\w+' and 'int'"),
    ("ValueError", r"(?:too many values|not enough values|need more than \d+ values?) to unpack"),
    ("ValueError", r"(?:invalid literal for int\(\) with base 10|could not convert string to float): '.*'"),
    ("ValueError", r"(?:time data '.*' does not match format '.*'|unconverted data remains: )"),
    ("ValueError", r"(?:matmul: Input operand 1 has a mismatch|shapes \(.*\) and \(.*\) not aligned)"),
    ("ZeroDivisionError", r"(?:division by zero|float division by zero|float floor division by zero)"),
    ("IndexError", r"(?:list|tuple|string|list assignment) index out of range"),
    ("IndexError", r"index -?\d+ is out of bounds for axis \d+ with size \d+"),
    ("IndexError", r"No item with that key"),
    ("ColumnNotFoundError", r'(?:unable to find column )?"[^"]+"(?:;| not found)'),
    ("FileNotFoundError", r"\[Errno 2\] No such file or directory: '.+'"),
    ("UnicodeDecodeError", r"'[\w-]+' codec can't decode byte"),
    ("RuntimeError", r"(?:dictionary changed size|Set changed size|dictionary keys changed) during iteration"),
    ("KeyError", r"\(('\w+'(?:, )?)+\)"),
    ("KeyError", r"-?\d+$"),
    ("KeyError", r"[\"'](?!\w+')"),
    ("TypeError", r"(?:.*'coroutine'|.*\(not \"coroutine\"\)|cannot unpack non-iterable coroutine object)"),
    ("TypeError", r"object \w+ can't be used in 'await' expression"),
    ("AttributeError", r"'coroutine' object has no attribute '\w+'"),
    ("RuntimeWarning", r"coroutine '[\w.<>]+' was never awaited"),
)
"""The messages by their errors. Where the diagnostic does not say the error's name, its message must fit."""

_UNEXPLAINED = (
    ("AttributeError", r"'\w+' object has no attribute '\w+'"),
    ("AttributeError", r"module '[\w.]+' has no attribute '\w+'"),
    ("KeyError", r"'"),
)
"""Messages that are about a misspelt or missing name, unless nothing is known that could be meant."""

_PATTERNS = tuple((code, re.compile(message)) for code, message in _MESSAGES)
_LATE_PATTERNS = tuple((code, re.compile(message)) for code, message in _UNEXPLAINED)


def run_problem(reported: Reported, *, unexplained: bool = False) -> Problem | None:
    """Return the problem that such a message is about, at the reported span; None for any other message.

    The problem's message is the first line of the reported one, without the error's name. `unexplained` selects the
    messages for which no name is known that could be meant.
    """
    first_line = reported.message.partition("\n")[0].strip()
    prefix = _PREFIX.match(first_line)
    named, message = (prefix["code"] or "", first_line[prefix.end() :]) if prefix else ("", first_line)
    for code, pattern in _LATE_PATTERNS if unexplained else _PATTERNS:
        if named in ("", code) and pattern.match(message):
            return Problem(RUN, message, code, reported.span, "", f"client:{reported.source}")
    return None
