"""Replace typographic characters of word processors: quotes, dashes, commas, brackets and unbreakable spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_PLAIN = {
    "，": ",", "；": ";", "（": "(", "）": ")", "＝": "=", "－": "-", "–": "-", "—": "-", "−": "-", "＊": "*",
    "＞": ">", "＜": "<", "。": ".", "\u00a0": " ", "\u2003": " ", "\u2009": " ", "\u3000": " ",
    "\u200b": "", "\ufeff": "", "×": "*",
}  # fmt: skip
_SINGLE = re.compile("[‘’‚‛´`′](?P<inside>[^‘’‚‛´`′'\"\n]*)[‘’‛´`′]|'(?P<half>[^‘’'\n]*)’|[‘’](?P<other>[^‘’'\n]*)'")
_DOUBLE = re.compile('[“”„«»″](?P<inside>[^“”„«»″\n]*)[“”«»″]|"(?P<half>[^“”"\n]*)[“”]|[“”](?P<other>[^“”"\n]*)"')


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b = ‘x’ AND c = ’y’;\n", "SELECT a FROM t WHERE b = 'x' AND c = 'y';\n"),
        Example("SELECT a FROM t WHERE b = “it's x”;\n", "SELECT a FROM t WHERE b = 'it''s x';\n"),
        Example("SELECT a， b FROM t;\n", "SELECT a, b FROM t;\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = ;\n"],
    certain=True,
)
def normalize_characters(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all such characters outside of strings."""
    code = statement_of(context)
    if code is None or code.text.isascii():
        return
    edits = _quotes(code)
    taken = [(edit.span.start, edit.span.end) for edit in edits]
    strings = [(t.start, t.end) for t in code.tokens if t.kind in ("string", "comment") or t.text[0] in '"`']
    strings = [(start + context.region.start, end + context.region.start) for start, end in strings]
    for offset, char in enumerate(code.text, context.region.start + code.start):
        if char in _PLAIN and not any(start <= offset < end for start, end in (*taken, *strings)):
            at = offset - context.region.start
            edits.append(context.edit(at, at + 1, _PLAIN[char]))
    if edits:
        yield Candidate(tuple(edits), "")


def _quotes(code: Statement) -> list[Edit]:
    """Return the edits of the strings in typographic quotes."""
    edits: list[Edit] = []
    end = -1
    strings = [(t.start, t.end) for t in code.tokens if t.kind == "string"]
    found = sorted((m for pattern in (_DOUBLE, _SINGLE) for m in pattern.finditer(code.text)), key=lambda m: m.start())
    for match in found:
        start, inside = match.start() + code.start, next(group for group in match.groups() if group is not None)
        if start < end or any(low < start < high for low, high in strings) or match.group().isascii():
            continue
        end = match.end() + code.start
        is_name = match.re is _DOUBLE and code.is_known(inside)
        new = f'"{inside}"' if is_name else "'" + inside.replace("'", "''") + "'"
        edits.append(code.context.edit(start, end, new))
    return edits
