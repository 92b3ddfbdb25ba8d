"""Change the quotes around a string that has the same quotes in its text, or escape the inner ones: `'it's late'`
becomes `"it's late"`. The text of the string is kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.quiet_parse import is_expression
from quickfix_ls.languages.python.quote_costs import OTHER, Literal, is_in_field
from quickfix_ls.languages.python.quote_readings import Reading, readings_near
from quickfix_ls.values import Candidate

_MAX_COST, _MAX_LEAD = 14.0, 2.0


class _Way(NamedTuple):
    """A way to write a string: what is replaced, as (start, end, text), and the beginning of a title."""

    edits: tuple[tuple[int, int, str], ...]
    title: str


@fixer(
    handles="syntax",
    examples=[
        Example("print('it's here')\n", 'print("it\'s here")\n'),
        Example("print('it's here')\n", "print('it\\'s here')\n"),
        Example("words = ['he's', 'we're', 'on']\n", "words = [\"he's\", \"we're\", 'on']\n"),
        Example('say("a "big" one", 1)\n', "say('a \"big\" one', 1)\n"),
        Example("say('the \"best\" of Ann's')\n", "say('the \"best\" of Ann\\'s')\n"),
        Example("print('it's here)\n", 'print("it\'s here")\n'),
        Example("print(f'{name}'s turn')\n", 'print(f"{name}\'s turn")\n'),
        Example("x = r'it's \"\\d\" here'\n", 'x = r"""it\'s "\\d" here"""\n'),
    ],
    leaves=["x = ['a' 'b' c]\n", "print('%d items' % 3 'done')\n", 'x = ["a", "b, "c"]\n'],
)
def requote_string(context: Context) -> Iterator[Candidate]:
    best: float | None = None
    text = context.region.text
    for reading in readings_near(context.region.text, span_of(context)):
        best = reading.cost if best is None else min(best, reading.cost)
        if reading.cost > min(best + _MAX_LEAD, _MAX_COST) or not _is_likely(reading):
            continue
        if any(_has_code(text, literal) for literal in reading.faulty):
            continue
        ways = [list(_ways(text, literal)) for literal in reading.faulty]
        for number in range(max(map(len, ways)) if all(ways) else 0):
            chosen = [found[min(number, len(found) - 1)] for found in ways]
            edits = tuple(context.edit(*edit) for way in chosen for edit in way.edits)
            yield Candidate(edits, _title(text, reading, chosen))


def _is_likely(reading: Reading) -> bool:
    """Return whether some string of a reading has quotes in its text, and none has a single one where it could end."""
    if any(literal.opening == '"' and len(literal.inner) == 1 and reading.cost > 3.2 for literal in reading.faulty):
        return False
    return any(literal.inner for literal in reading.faulty)


def _has_code(text: str, literal: Literal) -> bool:
    """Return whether an operator and its operand are between two quotes in the string, which then end and begin a
    string: `"%d items" % 3 "done"`."""
    pairs = pairwise(literal.inner)
    between = (text[first + 1 : last] for first, last in pairs)
    return any(code != code.strip() and code.strip() and is_expression(f"''{code}") for code in between)


def _ways(text: str, literal: Literal) -> Iterator[_Way]:
    in_field = [place for place in literal.inner if literal.is_format and is_in_field(text[literal.body : place])]
    if in_field and len(in_field) == len(literal.inner):
        return  # the fixer `requote_field`
    quote = literal.opening or literal.closing
    other = OTHER[quote]
    closing = (literal.end, literal.end + len(literal.closing), other)
    around = ((literal.body - 1, literal.body, other), closing)
    body = text[literal.body : literal.end]
    end = () if literal.closing == quote else ((literal.end, literal.end + len(literal.closing), quote),)
    if literal.is_escaped:
        yield _Way(((literal.end, literal.end, "\\"),), "Double the `\\` at the end of")
    elif not literal.inner:
        missing = ((literal.body, literal.body, quote),) if not literal.opening else end
        yield _Way(missing, f"Put `{quote}` around")
    if literal.is_escaped or not literal.inner:
        return
    if other not in body:
        yield _Way(around, f"Use `{other}` around")
    if not literal.is_raw and not in_field:
        yield _Way((*((place, place, "\\") for place in literal.inner), *end), f"Escape the `{quote}` in")
    elif other in body and not body.endswith(other) and other * 3 not in body:
        yield _Way(tuple((start, stop, other * 3) for start, stop, _ in around), f"Use `{other * 3}` around")


def _title(text: str, reading: Reading, ways: list[_Way]) -> str:
    literal = reading.faulty[0]
    rest = len(ways) - 1
    more = f", and {rest} more string{'s' if rest > 1 else ''}" if rest else ""
    return f"{ways[0].title} `{beginning(text[literal.body : literal.end])}`{more}"
