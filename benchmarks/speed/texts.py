"""Made-up Python modules of a wanted length with one error in the middle, for the measurements."""

from __future__ import annotations

_FUNCTION = '''\
def measure_{n}(samples, width=({n} % 7) + 1):
    """The widest window over the samples."""
    best = None
    for index, sample in enumerate(samples):
        window = samples[index : index + width]
        if sample is None or len(window) < width:
            continue
        total = sum(window) / len(window)
        if best is None or total > best:
            best = total
    return best


'''
_METHOD = "".join(f"    {line}" if line.strip() else line for line in _FUNCTION.splitlines(keepends=True))
_BROKEN = "def report_all(results):\n    for name, value in results.items(:\n        print(name, value)\n\n\n"
_LINES = _FUNCTION.count("\n")


def module_of(lines: int, *, one_class: bool = False) -> tuple[str, int]:
    """A module of about so many lines, all in one class if asked for, and the offset of the error in its
    middle: a bracket that is never closed."""
    count = max(2, lines // _LINES)
    if one_class:
        methods = [_METHOD.format(n=n).replace("(samples", "(self, samples") for n in range(count)]
        broken = "".join(f"    {line}" if line.strip() else line for line in _BROKEN.splitlines(keepends=True))
        head = "class Everything:\n"
        pieces = [
            head,
            *methods[: count // 2],
            broken.replace("(results", "(self, results"),
            *methods[count // 2 :],
        ]
    else:
        functions = [_FUNCTION.format(n=n) for n in range(count)]
        pieces = ["import os\n\n\n", *functions[: count // 2], _BROKEN, *functions[count // 2 :]]
    text = "".join(pieces).rstrip("\n") + "\n"
    return text, text.index(".items(:") + len(".items(")
