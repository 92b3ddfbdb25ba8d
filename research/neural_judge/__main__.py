"""Run a step of the neural judge's trial: `python -m research.neural_judge STEP ARGUMENT...`, see README.md."""

from __future__ import annotations

import sys
from importlib import import_module

_STEPS = ("examples", "rows", "pretrain", "tune", "evaluate", "proposer")
"""In the order in which they are run; each is the module of that name."""


def main() -> None:
    """Run the step that the command line names with the arguments behind it. Exits with 2 where it names none."""
    if len(sys.argv) < 2 or sys.argv[1] not in _STEPS:
        print(f"usage: python -m research.neural_judge {{{','.join(_STEPS)}}} ARGUMENT...", file=sys.stderr)
        sys.exit(2)
    step = sys.argv.pop(1)
    # argparse names the program by it.
    sys.argv[0] = f"python -m research.neural_judge {step}"
    import_module(f"research.neural_judge.{step}").main()


if __name__ == "__main__":
    main()
