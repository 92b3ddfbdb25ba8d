"""Files of a training: whole, or as they were before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from quickfix_ls.errors import ModelError
from quickfix_ls.training.model_files import write_whole

_FACTS = "quickfix_ls"


class Stored(NamedTuple):
    """Tensors by name, and what is said of them."""

    tensors: dict[str, Any]
    facts: dict[str, Any]


def write_tensors(path: Path, tensors: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """Write tensors with facts, JSON, as safetensors. Raises UsageError where the file can't be written."""
    whole = {name: tensor.detach().contiguous() for name, tensor in tensors.items()}
    write_whole(path, save(whole, {_FACTS: json.dumps(facts)}))


def read_tensors(path: Path) -> Stored:
    """What `write_tensors` wrote. Raises ModelError where the file is something else, or damaged."""
    try:
        with safe_open(path, "pt") as file:
            facts = json.loads((file.metadata() or {})[_FACTS])
            return Stored({name: file.get_tensor(name) for name in file.keys()}, dict(facts))  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: no weights of a cross-encoder: {error}") from error
