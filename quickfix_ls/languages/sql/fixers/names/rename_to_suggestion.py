"""Replace a name by what the engine suggests, where no schema is known that could tell."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import named
from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.languages.sql.names.similarity import similarity
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate, Span

_MOST = 5
_MIN_SIMILARITY = 0.5
_SPARK = "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name {name} cannot be "
_LIST = "resolved. Did you mean one of the following? [{names}]. SQLSTATE: 42703; line 1 pos 7"


@fixer(
    handles=QUERY,
    errors=("UnknownColumn", "UnknownTable", "UnknownAlias", "UnknownSchema", "UnknownFunction", "AmbiguousColumn"),
    examples=[
        Example(
            "SELECT $0emial FROM customers;\n",
            "SELECT email FROM customers;\n",
            reported=("spark", "", (_SPARK + _LIST).format(name="`emial`", names="`name`, `email`")),
        ),
        Example(
            "SELECT $0customer_id FROM customers JOIN orders USING (order_id);\n",
            "SELECT orders.customer_id FROM customers JOIN orders USING (order_id);\n",
            reported=(
                "duckdb",
                "",
                'Binder Error: Ambiguous reference to column name "customer_id" (use: "customers.customer_id" or '
                '"orders.customer_id")',
            ),
        ),
    ],
    leaves=["CREATE TABLE rooms (price REAL);\nSELECT pric FROM rooms;\n"],
)
def rename_to_suggestion(context: Context) -> Iterator[Candidate]:
    """Replace a name by each of the names that an engine suggests and that are spelt alike, where it stands and where
    it stands again with the same qualifier. Our own analysis knows nothing of the name, so the fix needs a look."""
    problem = context.problem
    if not problem.origin.startswith("client") or not problem.name:
        return
    text, start = context.region.text, context.offset
    length = problem.span.end - problem.span.start
    wrong = text[start : start + length]
    if unquoted(wrong).lower() != problem.name.lower():
        return
    for hint in problem.hints[:_MOST]:
        parts = hint.split(".")
        if similarity(problem.name, parts[-1]) < _MIN_SIMILARITY and len(parts[-1]) > 2:
            continue
        # A name that is suggested for itself has been folded to lower case: PostgreSQL's `userid` for `userId`.
        new = f'"{hint}"' if hint == wrong else ".".join(named(context, part, wrong) for part in parts)
        uses = _uses(context, start, start + length)
        edits = [context.edit(use.start if len(parts) > 1 else use.end - length, use.end, new) for use in uses]
        if edits:
            yield Candidate(tuple(edits), "", "", "needs-a-look")


def _uses(context: Context, start: int, end: int) -> list[Span]:
    """Return the spans of a name with its qualifier where it stands as it does from `start` to `end`: behind the same
    qualifier, and as a qualifier itself only if it is one there. Nothing if the statement defines the name."""
    tokens = [token for token in context.tokens if token.kind not in ("comment", "newline")]
    texts = ["", *(token.text for token in tokens), ""]

    def reference(index: int) -> list[str]:
        first = index
        while texts[first - 1] == "." and first > 2:
            first -= 2
        return [*texts[first - 1 : index + 1], "." if texts[index + 1] == "." else ""]

    at = next((index for index, token in enumerate(tokens, 1) if token.start == start), None)
    if at is None:
        return [Span(start, end)]
    own = reference(at)[1:]
    same = [index for index in range(1, len(texts) - 1) if reference(index)[1:] == own]
    if any(reference(index)[0].lower() == "as" for index in same):
        return []
    return [Span(tokens[index - len(own) + 1].start, tokens[index - 1].end) for index in same]
