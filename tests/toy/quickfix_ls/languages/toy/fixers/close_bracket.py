from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(handles="syntax", examples=[Example("a = (1", "a = (1)")])
def close_bracket(context: Context) -> Iterator[Candidate]:
    if context.brackets.unclosed:
        end = context.tokens[context.lines[context.line].last - 1].end
        yield Candidate((context.edit(end, end, ")"),), "Add `)` at the end of the line")
