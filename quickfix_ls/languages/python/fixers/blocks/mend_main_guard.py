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
    ],
    leaves=["if __name__ == main:\n    print(1)\n"],
)
def mend_main_guard(context: Context) -> Iterator[Candidate]:
    problem, tokens = context.problem, context.tokens
    title = 'Write `__name__ == "__main__"`'
    if problem.code == "Warning":
        yield Candidate((Edit(problem.span, "__main__"),), title)
        return
    index = token_at(context)
    if index is None:
        return
    before = [token.text for token in tokens[max(0, index - 2) : index]]
    after = [token.text.strip("'\"") for token in tokens[index + 1 : index + 3]]
    if before == ["__name__", "=="] and _is_misspelling(problem.name, "__main__"):
        yield Candidate((Edit(problem.span, '"__main__"'),), title)
    elif after == ["==", "__main__"] and _is_misspelling(problem.name, "__name__"):
        yield Candidate((Edit(problem.span, "__name__"),), title)


def _is_misspelling(name: str, wanted: str) -> bool:
    return name == wanted or bool(nearest(name, (wanted,)))
