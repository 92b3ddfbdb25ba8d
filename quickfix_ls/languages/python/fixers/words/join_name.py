"""Join a name of several words wherever it is used: `first name = "x"` and `print(first name)` get `first_name`; so
does `max-size`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.compound_names import compound_names, joined, occurrences
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="syntax",
    examples=[
        Example('first name = "x"\nprint(first name)\n', 'first_name = "x"\nprint(first_name)\n'),
        Example("max-size = 3\nprint(max-size * 2)\n", "max_size = 3\nprint(max_size * 2)\n"),
        Example("def say hello():\n    pass\nsay hello()\n", "def say_hello():\n    pass\nsay_hello()\n"),
        Example(
            "def f(first name, max-n=2):\n    return first name, max-n\n",
            "def f(first_name, max_n=2):\n    return first_name, max_n\n",
        ),
        Example("for my item in rows:\n    go(my item)\n", "for my_item in rows:\n    go(my_item)\n"),
        Example("import my-module\nmy-module.run()\n", "import my_module\nmy_module.run()\n"),
        Example("class My Class:\n    pass\n", "class MyClass:\n    pass\n"),
    ],
    leaves=["int count = 3\n", "x = first name\n", "print x = 3\n"],
)
def join_name(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all names of the problem's line, at all their places in the file."""
    tokens, lines = context.tokens, context.lines
    for index in (context.line, context.line - 1):
        if not 0 <= index < len(lines):
            continue
        edits: set[Edit] = set()
        names = []
        for first, last in compound_names(context, index):
            is_class = tokens[lines[index].first].text == "class"
            new = joined(tokens, first, last, is_class=is_class)
            names.append(new)
            edits |= _everywhere(context, first, last, new)
        if names:
            shown = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
            count = f" ({len(edits)} places)" if len(edits) > 1 else ""
            word = "one name" if len(names) == 1 else "names"
            yield Candidate(tuple(sorted(edits)), f"Write {word}: {shown}{count}")
            return


def _everywhere(context: Context, first: int, last: int, new: str) -> set[Edit]:
    """Return the edits that write a compound name as one at each of its places in the region, and in the rest of the
    file."""
    tokens, words = context.tokens, context.tokens[first:last]
    edits = {context.edit(tokens[start].start, tokens[end - 1].end, new) for start, end in occurrences(tokens, words)}
    text, region = context.snapshot.text, context.region
    if region.text != text[region.start : region.end]:
        return edits  # earlier steps have changed the region, so that the offsets of what follows it are unknown
    for start, end in ((0, region.start), (region.end, len(text))):
        part = text[start:end]
        if words[0].text in part and words[-1].text in part:
            outer = lex(part)
            edits |= {
                Edit(Span(start + outer[low].start, start + outer[high - 1].end), new)
                for low, high in occurrences(outer, words)
            }
    return edits
