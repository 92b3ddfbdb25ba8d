"""A small twin of the cross-encoder's language model with random weights, and candidates that it can learn from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.stored import SCHEMA, write_candidates

if TYPE_CHECKING:
    from research.cross_encoder.model import CrossEncoder

GROUPS, SIZE, FROZEN, LAYERS = 60, 4, 1, 3
NAMES = ("total", "count", "width", "first")


def write_twin(folder: Path) -> None:
    """A language model of four tiny layers whose tokens are characters."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaModel, PreTrainedTokenizerFast

    from research.cross_encoder.backbone import Backbone, save_backbone

    characters = {character: code for code, character in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    tokenizer = Tokenizer(models.BPE(characters, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=400, hidden_size=24, intermediate_size=48, num_hidden_layers=LAYERS + 1, num_attention_heads=3,
        num_key_value_heads=1, max_position_embeddings=256, bos_token_id=None, eos_token_id=None, pad_token_id=None,
    )  # fmt: skip
    save_backbone(Backbone(LlamaModel(config), PreTrainedTokenizerFast(tokenizer_object=tokenizer), "twin"), folder)


def encoder_of(twin: Path) -> CrossEncoder:
    from research.cross_encoder.backbone import load_backbone
    from research.cross_encoder.model import CrossEncoder

    return CrossEncoder(load_backbone(twin, LAYERS), FROZEN)


def row(index: int, place: int, right: bool) -> dict[str, Any]:
    """A candidate that is right where it closes the bracket."""
    name = NAMES[index % len(NAMES)]
    candidate = f"print({name})" if right else f"print{'+-*/'[place]}{name}"
    return {
        **dict.fromkeys((field.name for field in SCHEMA), None),
        "row": f"{index}", "step": 0, "place": place, "source": ("east", "west", "north")[index % 3], "kind": "syntax",
        "group": f"{index}", "edit_tokens": 1, "proposers": ["fixer:one"], "error": "SyntaxError: '(' was never closed",
        "problem_line": f"print({name}", "above": "import sys\n", "original": f"print({name}", "below": "",
        "candidate": candidate, "outside": "", "complete": True, "accepted": right, "executes": True,
        **{f"x.{feature}": float(place) for feature in FEATURE_NAMES},
    }  # fmt: skip


def write_set(path: Path) -> None:
    """A stored set of three sources, one right candidate a group."""
    rng = np.random.default_rng(3)
    rows = [row(index, place, place == best) for index, best in enumerate(rng.integers(0, SIZE, GROUPS))
            for place in range(SIZE)]  # fmt: skip
    write_candidates(path, pa.Table.from_pylist(rows, SCHEMA), {})


def arguments(stored: Path, twin: Path, out: Path, *more: str) -> list[str]:
    return [
        "train", "--candidates", str(stored), "--out", str(out), "--backbone", str(twin),
        "--layers", str(LAYERS), "--frozen", str(FROZEN), "--unseen", "east", "--curve", "10", "--batch", "4",
        "--epochs", "6", "--rate", "0.01", *more,
    ]  # fmt: skip
