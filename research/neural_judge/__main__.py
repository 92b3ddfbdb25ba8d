"""Run a step of the neural judge's trial: `python -m research.neural_judge STEP ARGUMENT...`, see README.md."""

from __future__ import annotations

import sys
from importlib import import_module

from quickfix_ls.cli.arguments import need_extra
from research.running import exit_code

_STEPS = ("examples", "rows", "pretrain", "tune", "evaluate", "proposer")
"""In the order in which they are run; each is the module of that name."""
_STEPS_WITH_TORCH = ("pretrain", "tune", "proposer")


def main() -> int:
    """Run the step that the command line names with the arguments behind it; the exit code, 2 where it names none."""
    if len(sys.argv) < 2 or sys.argv[1] not in _STEPS:
        print(f"usage: python -m research.neural_judge {{{','.join(_STEPS)}}} ARGUMENT...", file=sys.stderr)
        return 2
    return exit_code(_run)


def _run() -> int:
    step = sys.argv.pop(1)
    if step in _STEPS_WITH_TORCH:
        need_extra("research", "torch")
    # argparse names the program by it.
    sys.argv[0] = f"python -m research.neural_judge {step}"
    import_module(f"research.neural_judge.{step}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
