"""The statement with a problem, as the fixers of syntax read it: its tokens, brackets and known names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from quickfix_ls.context import Context
from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.languages.sql.meaning import joined, meaning_of
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.languages.sql.syntax_fault import fault
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.schema.tables import Schema
from quickfix_ls.values import Edit, apply_edits

CLAUSES = frozenset(
    ["from", "where", "group", "having", "order", "limit", "offset", "union", "except", "intersect", "window", "fetch"]
)
"""The words that begin a clause or the next part of a query."""

_ENDS_OPERAND = frozenset({")", "]", "end", "null", "true", "false", "*"})
_BEGINS_OPERAND = frozenset({"(", "case", "null", "true", "false", "not", "cast", "exists", "-"})
_LITERALS = frozenset({"name", "number", "string"})


@dataclass(frozen=True, eq=False)
class Statement:
    """The statement of a problem in a region.

    `tokens` are its own, without comments, line ends and its semicolon, with offsets in the region; there is at least
    one. `at` is the index of the token at the problem, or the number of tokens if the problem is at the end.
    """

    context: Context
    tokens: Sequence[Token]
    at: int
    environment: SqlEnvironment
    schema: Schema

    @property
    def dialect(self) -> str:
        return self.environment.dialect

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def text(self) -> str:
        return self.context.region.text[self.start : self.end]

    def word(self, index: int) -> str:
        """Return a token in lower case; an empty string where there is none."""
        return self.tokens[index].text.lower() if 0 <= index < len(self.tokens) else ""

    def words(self, first: int, count: int) -> tuple[str, ...]:
        """Return `count` tokens in lower case, from `first` on."""
        return tuple(self.word(index) for index in range(first, first + count))

    def piece(self, first: int, last: int) -> str:
        """Return the text from token `first` to token `last` (exclusive)."""
        return self.context.region.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    # -- edits -------------------------------------------------------------------------------------------------

    def replace(self, first: int, last: int, text: str) -> Edit:
        """Return the edit that replaces the tokens from `first` to `last` (exclusive)."""
        return self.context.edit(self.tokens[first].start, self.tokens[last - 1].end, text)

    def insert(self, index: int, word: str) -> Edit:
        """Return the edit that inserts a word before a token, or at the end, with a space around it."""
        if index >= len(self.tokens):
            return self.context.edit(self.end, self.end, f" {word}")
        token = self.tokens[index]
        is_apart = index == 0 or self.tokens[index - 1].end < token.start
        return self.context.edit(token.start, token.start, f"{word} " if is_apart else f" {word} ")

    def remove(self, first: int, last: int) -> Edit:
        """Return the edit that removes tokens with the white space before them (behind them at the beginning)."""
        if first:
            return self.context.edit(self.tokens[first - 1].end, self.tokens[last - 1].end, "")
        end = self.tokens[last].start if last < len(self.tokens) else self.tokens[last - 1].end
        return self.context.edit(self.tokens[first].start, end, "")

    def cased(self, word: str) -> str:
        """Return a keyword in the case that the statement writes its keywords in."""
        keywords = [token.text for token in self.tokens if token.kind == "keyword"]
        lower = sum(keyword.islower() for keyword in keywords)
        return word.lower() if lower > len(keywords) - lower else word.upper()

    def quoted(self, name: str) -> str:
        """Return a name in quotes: those that the statement uses already, else those of the dialect."""
        used = next((token.text[0] for token in self.tokens if token.kind == "name" and token.text[0] in '"`'), "")
        if used == "`" and self.dialect not in ("", "sqlite", "mysql", "bigquery", "databricks", "spark", "hive"):
            used = ""
        if used == '"' and not any(self.is_known(unquoted(t.text)) for t in self.tokens if t.text[0] == '"'):
            used = ""
        return written(name, self.dialect, used * 2)

    # -- what a change makes of it -----------------------------------------------------------------------------

    def after(self, edits: Sequence[Edit]) -> str:
        """Return the statement's text after edits within it."""
        return apply_edits(self.text, edits, self.context.region.start + self.start)

    def fault_after(self, edits: Sequence[Edit]) -> SyntaxFault | None:
        """Return the first syntax error that is left after edits; offsets are relative to the statement."""
        return fault(self.after(edits), "", "", self.environment)

    def takes(self, edits: Sequence[Edit]) -> bool:
        """Return whether the statement is well formed after edits."""
        return self.fault_after(edits) is None

    def improves(self, edits: Sequence[Edit]) -> bool:
        """Return whether the statement is well formed after edits, or fails further behind."""
        left = self.fault_after(edits)
        if left is None:
            return True
        place = self.tokens[self.at].start if self.at < len(self.tokens) else self.end
        return left.span.start > place - self.start + sum(edit.growth for edit in edits)

    def errors_after(self, edits: Sequence[Edit]) -> int:
        """Return the number of errors that are left in a well-formed statement after edits."""
        return len(meaning_of(self.after(edits), self.environment, _of_file(self.context)).errors)

    # -- names and brackets ------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of tables, columns and aliases that are known, in lower case."""
        found = set(self.declared)
        found |= {
            self.word(at) for at in range(len(self.tokens)) if self.word(at + 1) == "." or self.word(at - 1) == "."
        }
        return frozenset(found)

    @cached_property
    def declared(self) -> frozenset[str]:
        """The names of tables, columns and aliases that are certain: those of the schema and behind AS."""
        found = {name for table in self.schema.tables for name in (table.name.lower(), *map(_lower, table.columns))}
        return frozenset(
            found | {self.word(at + 1) for at, token in enumerate(self.tokens) if token.text.lower() == "as"}
        )

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of the tables that are known, in lower case."""
        return frozenset(table.name.lower() for table in self.schema.tables)

    def is_known(self, name: str) -> bool:
        return name.lower() in self.names

    @cached_property
    def partner(self) -> dict[int, int]:
        """The pairs of round brackets, as indices of tokens, both ways."""
        return self._brackets[0]

    @property
    def unclosed(self) -> Sequence[int]:
        return self._brackets[1]

    @property
    def unmatched(self) -> Sequence[int]:
        return self._brackets[2]

    @cached_property
    def _brackets(self) -> tuple[dict[int, int], list[int], list[int]]:
        partner: dict[int, int] = {}
        stack: list[int] = []
        unmatched: list[int] = []
        for index, token in enumerate(self.tokens):
            if token.text == "(":
                stack.append(index)
            elif token.text == ")" and stack:
                partner[index] = stack.pop()
                partner[partner[index]] = index
            elif token.text == ")":
                unmatched.append(index)
        return partner, stack, unmatched

    def level(self, index: int) -> tuple[int, int]:
        """Return the range of tokens in the innermost brackets around a token; of the whole statement if there are
        none."""
        for opener in range(min(index, len(self.tokens)) - 1, -1, -1):
            closer = self.partner.get(opener)
            if self.word(opener) == "(" and closer is not None and closer >= index:
                return opener + 1, closer
        return 0, len(self.tokens)

    def at_level(self, first: int, last: int) -> Iterator[int]:
        """Yield the tokens of a range that are in no further brackets; the opening ones count as outside."""
        index = first
        while index < last:
            yield index
            closer = self.partner.get(index, index) if self.word(index) == "(" else index
            index = max(closer, index + 1) if closer > index else index + 1

    def ends_operand(self, index: int) -> bool:
        """Return whether an operand can end with a token."""
        return 0 <= index < len(self.tokens) and (
            self.tokens[index].kind in _LITERALS or self.word(index) in _ENDS_OPERAND
        )

    def begins_operand(self, index: int) -> bool:
        """Return whether an operand can begin with a token."""
        return 0 <= index < len(self.tokens) and (
            self.tokens[index].kind in _LITERALS or self.word(index) in _BEGINS_OPERAND
        )


def statement_of(context: Context) -> Statement | None:
    """Return the statement with the problem of a context; None if there is no code in it."""
    return context.derived(_statement_of)


def _statement_of(context: Context) -> Statement | None:
    environment = context.index.environment
    assert isinstance(environment, SqlEnvironment)
    code = [token for token in context.tokens if token.kind not in ("comment", "newline")]
    offset = context.offset
    at = next((number for number, token in enumerate(code) if token.end > offset), len(code))
    first = next((number + 1 for number in range(at - 1, -1, -1) if code[number].text == ";"), 0)
    last = next((number for number in range(at, len(code)) if code[number].text == ";"), len(code))
    if first == last:
        return None
    schema = joined(environment.schema, _of_file(context))
    return Statement(context, code[first:last], at - first, environment, schema)


def _of_file(context: Context) -> Schema:
    assert isinstance(context.index.summary, FileTables)
    return context.index.summary.schema


def _lower(column: tuple[str, str]) -> str:
    return column[0].lower()
