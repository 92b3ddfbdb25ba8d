"""Replace a JavaScript template literal, or text in the quotes of TeX and Markdown, with an f-string or plain string:
`` `hello ${name}` `` becomes `f"hello {name}"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.values import Candidate

_TEMPLATE = re.compile(r"``([^`'\r\n]+)(?:``|'')|`([^`\r\n]*)`|`([^`'\r\n]+)['´]")


@fixer(
    handles="syntax",
    examples=[
        Example("print(`hello ${name}`)\n", 'print(f"hello {name}")\n'),
        Example("x = `plain text`\n", 'x = "plain text"\n'),
        Example("x = ``plain text''\n", 'x = "plain text"\n'),
        Example("x = `plain text'\n", 'x = "plain text"\n'),
    ],
)
def translate_template(context: Context) -> Iterator[Candidate]:
    if "`" not in context.region.text:
        return
    for found in _TEMPLATE.finditer(context.region.text):
        body = found[1] or found[2] or found[3]
        if not body or not (is_near(context, found.start())):
            continue
        quote = '"' if '"' not in body else "'"
        prefix = "f" if "${" in body else ""
        start = found.start() + found.group().index(body)
        ends = ((found.start(), start, prefix + quote), (start + len(body), found.end(), quote))
        fields = [(start + at.start(), start + at.start() + 2, "{") for at in re.finditer(r"\$\{", body)]
        new = prefix + quote + body.replace("${", "{") + quote
        edits = tuple(context.edit(*edit) for edit in (*ends, *fields))
        yield Candidate(edits, f"Replace the backticks: `{beginning(new)}`")
