"""Turn the `print` and `exec` statements of Python 2 into calls: `print x` becomes `print(x)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import end_of, find_top
from quickfix_ls.values import Candidate, Edit

_STATEMENTS = frozenset({"print", "exec"})


@fixer(
    handles="syntax",
    translates=True,
    examples=[
        Example('print "hello"\n', 'print("hello")\n'),
        Example('print "a", b  # both\n', 'print("a", b)  # both\n'),
        Example("if x: print x\n", "if x: print(x)\n"),
        Example("print x\nprint y\n", "print(x)\nprint(y)\n"),
        Example('print "%s" % (a,\n    b)\n', 'print("%s" % (a,\n    b))\n'),
        Example("print x,\n", 'print(x, end=" ")\n'),
        Example("print >>out, x\nprint x\n", "print(x, file=out)\nprint(x)\n"),
        Example("exec code in names\n", "exec(code, names)\n"),
    ],
    leaves=["printer 'a'\n"],
)
def call_print(context: Context) -> Iterator[Candidate]:
    statements = print_statements(context)
    if not statements:
        return
    nearest = min(statements, key=lambda index: abs(index - context.at))
    if abs(context.tokens[nearest].start - context.offset) > 400:
        return
    all_edits = tuple(edit for index in statements for edit in print_edits(context, index))
    word = context.tokens[nearest].text
    if len(statements) > 1:
        yield Candidate(all_edits, f"Call `{word}` as a function ({len(statements)} places)")
    edits = tuple(print_edits(context, nearest))
    shown = context.region.text[context.tokens[nearest].end : edits[-1].span.start - context.region.start].strip()
    yield Candidate(edits, f"Call `{word}` as a function: `{word}({beginning(shown)})`")
    if context.tokens[_end(context, nearest) - 1].text == ",":
        last = context.tokens[_end(context, nearest) - 1]
        yield Candidate(
            (*tuple(_open(context, nearest)), context.edit(last.start, last.end, ")")),
            f"Call `{word}` as a function",
        )


def print_statements(context: Context) -> list[int]:
    """Return the indices of the tokens at which a `print` or `exec` statement of Python 2 begins."""
    return [index for index in range(len(context.tokens)) if _is_statement(context, index)]


def _is_statement(context: Context, index: int) -> bool:
    token = context.tokens[index]
    if token.text not in _STATEMENTS or token.kind != "name":
        return False
    before = context.tokens[index - 1] if index else None
    if before is not None and before.kind not in ("newline", "comment") and before.text not in (":", ";", "else"):
        return False
    after = context.tokens[index + 1] if index + 1 < len(context.tokens) else None
    if after is None or after.kind in ("newline", "comment"):
        return False
    if after.text == "(":
        # `print ("a") % b` and `print (a), b` are statements whose first operand is in parentheses.
        partner = context.brackets.partner.get(index + 1)
        return partner is not None and partner + 1 < _end(context, index)
    if after.text == ">>":
        return index + 2 < len(context.tokens) and context.tokens[index + 2].kind in ("name", "keyword")
    return after.kind in ("name", "string", "number", "badstring") or after.text in (
        "[", "{", "-", "~", "`", "not", "lambda", "None", "True", "False", "await",
    )  # fmt: skip


def print_edits(context: Context, index: int) -> Iterator[Edit]:
    """Yield the edits that turn the statement at a token into a call, in the order of the source."""
    end = _end(context, index)
    last = context.tokens[end - 1]
    target = _target(context, index, end)
    yield from _open(context, index)
    within = find_top(context.tokens, index + 1, end, ("in",)) if context.tokens[index].text == "exec" else None
    if within is not None and within + 1 < end:
        yield context.edit(context.tokens[within - 1].end, context.tokens[within].end, ",")
    if target:
        yield context.edit(
            last.end, last.end, f", file={target})" if _has_values(context, index, end) else f"file={target})"
        )
    elif last.text == ",":
        yield context.edit(last.start, last.end, ', end=" ")')
    else:
        yield context.edit(last.end, last.end, ")")


def _open(context: Context, index: int) -> Iterator[Edit]:
    """Yield the edit from the end of `print` to its first operand; it drops `>>file,`."""
    word = context.tokens[index]
    first, end = index + 1, _end(context, index)
    if context.tokens[first].text == ">>":
        while first < end and context.tokens[first].text != ",":
            first += 1
        first += 1
    start = context.tokens[first].start if first < end else context.tokens[end - 1].end
    yield context.edit(word.end, start, "(")


def _target(context: Context, index: int, end: int) -> str:
    if context.tokens[index + 1].text != ">>":
        return ""
    comma = next((i for i in range(index + 2, end) if context.tokens[i].text == ","), end)
    return context.text_of(index + 2, comma)


def _has_values(context: Context, index: int, end: int) -> bool:
    return any(context.tokens[i].text == "," for i in range(index + 2, end - 1))


def _end(context: Context, index: int) -> int:
    return end_of(context.tokens, index)
