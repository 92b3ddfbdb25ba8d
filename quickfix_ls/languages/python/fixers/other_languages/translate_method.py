"""Replace methods of other languages or types with Python's: `x.length` becomes `len(x)`, `d.has_key(k)` becomes
`k in d`, `s.toUpper()` becomes `s.upper()`, and `s.append(t)` on a string or tuple becomes `s += t`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.renaming import method_changes
from quickfix_ls.languages.python.members.foreign_methods import translations
from quickfix_ls.languages.python.members.named_types import named_type
from quickfix_ls.values import Candidate, Safety


@fixer(
    handles="name",
    errors=("AttributeError",),
    examples=[
        Example("xs = [1]\nprint(xs.length)\n", "xs = [1]\nprint(len(xs))\n"),
        Example("xs = [1]\nprint(xs.size() + 1)\n", "xs = [1]\nprint(len(xs) + 1)\n"),
        Example("items = []\nitems.push(1)\n", "items = []\nitems.append(1)\n"),
        Example("d = {}\nif d.has_key('a'):\n    print(d)\n", "d = {}\nif 'a' in d:\n    print(d)\n"),
        Example("d = {}\nif not d.has_key('a'):\n    print(d)\n", "d = {}\nif 'a' not in d:\n    print(d)\n"),
        Example("d = {}\nx = d.has_key(1) == True\n", "d = {}\nx = (1 in d) == True\n"),
        Example("xs = ()\nxs.append(1)\n", "xs = ()\nxs += (1,)\n"),
        Example("s = 'a'\ns.append('b')\n", "s = 'a'\ns += 'b'\n"),
        Example("s = 'abc'\nprint(s.toUpper(), s.charAt(0))\n", "s = 'abc'\nprint(s.upper(), s.charAt(0))\n"),
        Example("s = 'abc'\nprint(s.charAt(len(s) - 1))\n", "s = 'abc'\nprint(s[len(s) - 1])\n"),
        Example("s = 'abc'\nprint(s.substring(1, 3))\n", "s = 'abc'\nprint(s[1:3])\n"),
        Example("s = 'abc'\nprint(s.substr(1, 2))\n", "s = 'abc'\nprint(s[1:3])\n"),
        Example("words = ['a', 'b']\nprint(words.join(', '))\n", "words = ['a', 'b']\nprint(', '.join(words))\n"),
        Example("print(a.name.$0length)\n", "print(len(a.name))\n", ("", "", "'str' object has no attribute 'length'")),
    ],
    leaves=['s = "abc"\nprint(s.uper())\n'],
)
def translate_method(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `xs.length` with `len(xs)`"."""
    problem = context.problem
    of_type = named_type(problem.message) or named_type(problem.reported)
    # Only the wording of a report names the type, so a person should review the fix.
    safety: Safety = "needs-a-look" if problem.origin.startswith("client") else "safe"
    for change in method_changes(context, translations(of_type, problem.name) or ()):
        yield Candidate(change.edits, change.title, safety=safety)
