"""Fix misspellings and missing quotes in `if __name__ == "__main__"`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.names.near_names import nearest
from quickfix_ls.values import Candidate, Edit

_GOOD = 'if __name__ == "__main__":\n    main()\n'
_MAIN = "def main():\n    return 1\n\n"


@fixer(
    handles="name",
    errors=("NameError", "Warning"),
    examples=[
        Example('if __name__ == "main":\n    print(1)\n', 'if __name__ == "__main__":\n    print(1)\n'),
        Example("if __name__ == '__mian__':\n    print(1)\n", "if __name__ == '__main__':\n    print(1)\n"),
        Example(f"{_MAIN}if __name__ == __main__:\n    main()\n", f"{_MAIN}{_GOOD}"),
        Example(f'{_MAIN}if _name_ == "__main__":\n    main()\n', f"{_MAIN}{_GOOD}"),
        Example(f'{_MAIN}if _name_ == "_main_":\n    main()\n', f"{_MAIN}{_GOOD}"),
        Example(f'{_MAIN}if __nmae__ == "main":\n    main()\n', f"{_MAIN}{_GOOD}"),
    ],
    leaves=["if __name__ == main:\n    print(1)\n"],
)
def mend_main_guard(context: Context) -> Iterator[Candidate]:
    problem, tokens = context.problem, context.tokens
    title = 'Write `__name__ == "__main__"`'
    if problem.code == "Warning":
        if not _is_guard(problem.name):
            return
        yield Candidate((Edit(problem.span, "__main__"),), title)
        return
    index = token_at(context)
    if index is None:
        return
    before = [token.text for token in tokens[max(0, index - 2) : index]]
    if before == ["__name__", "=="] and _is_misspelling(problem.name, "__main__"):
        yield Candidate((Edit(problem.span, '"__main__"'),), title)
        return
    if not _is_misspelling(problem.name, "__name__") or index + 2 >= len(tokens) or tokens[index + 1].text != "==":
        return
    name, main = Edit(problem.span, "__name__"), tokens[index + 2]
    if main.text.strip("'\"") == "__main__":
        yield Candidate((name,), title)
    elif main.kind == "string" and _is_guard(main.text.strip("'\"")):
        quote = main.text[0]
        yield Candidate((name, context.edit(main.start, main.end, f"{quote}__main__{quote}")), title)


def _is_guard(text: str) -> bool:
    return text.strip("_") == "main" or bool(nearest(text, ("__main__",)))


def _is_misspelling(name: str, wanted: str) -> bool:
    """Return whether a name is near to the wanted one, underscores aside (`_name_`, `__nmae__`)."""
    is_bare = "_" in name and name.strip("_") == wanted.strip("_")
    return name == wanted or is_bare or bool(nearest(name, (wanted,)))
