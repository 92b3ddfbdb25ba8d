"""The cross-encoder: the first layers of a language model and a head that turns what they say of a candidate's last
token into one number, the log-odds that the candidate is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch

from quickfix_ls.errors import ModelError
from quickfix_ls.training.candidate_arrays import Floats
from research.cross_encoder.backbone import Backbone
from research.cross_encoder.last_layer import last_layer
from research.cross_encoder.packing import Batch, Tokens, ids_of, tokens_of
from research.cross_encoder.texts import GroupText


class CrossEncoder:
    """The lowest `frozen` layers are as the language model has them; those above and the head are trained."""

    def __init__(self, backbone: Backbone, frozen: int) -> None:
        if not 0 <= frozen < len(backbone.model.layers):
            raise ModelError(f"of {len(backbone.model.layers)} layers {frozen} can't be frozen: one must learn")
        self.backbone, self.frozen = backbone, frozen
        self.hidden = int(backbone.model.config.hidden_size)
        self._head = torch.nn.Linear(self.hidden, 1)
        torch.nn.init.zeros_(self._head.weight)
        torch.nn.init.zeros_(self._head.bias)
        self._initial = {name: weight.detach().clone() for name, weight in self._parts()}
        backbone.model.requires_grad_(False)
        for _, weight in self._parts():
            weight.requires_grad_(True)

    def score(self, text: GroupText) -> list[float]:
        """The log-odds of each candidate of one group."""
        found: list[float] = self.score_all([tokens_of(text, self.backbone.tokenizer)]).tolist()
        return found

    def score_all(self, groups: Sequence[Tokens]) -> Floats:
        """The log-odds of the candidates of several groups, one after the other."""
        batch = Batch.of(groups)
        with torch.no_grad():
            found: Floats = self.head(self.lower(groups, batch), batch).double().numpy()
        return found

    def lower(self, groups: Sequence[Tokens], batch: Batch) -> Any:
        """What the frozen layers say of each token (1 x tokens x hidden)."""
        with torch.no_grad():
            return self._through(self.backbone.model.embed_tokens(ids_of(groups)), batch, 0, self.frozen)

    def head(self, states: Any, batch: Batch) -> Any:
        """The log-odds of each candidate, from what the frozen layers said."""
        model = self.backbone.model
        states = self._through(states, batch, self.frozen, len(model.layers) - 1)
        read = last_layer(model.layers[-1], states, batch, model.rotary_emb(states, batch.positions))
        return self._head(model.norm(read))[:, 0]

    def start_anew(self) -> None:
        """Forget what was learnt."""
        self.take(self._initial)

    def trained(self) -> dict[str, Any]:
        """The parameters that are trained, by name."""
        return dict(self._parts())

    def take(self, weights: Mapping[str, Any]) -> None:
        """Set what is trained. Raises ModelError where that is not what this model trains."""
        parts = self.trained()
        shapes = {name: tuple(weight.shape) for name, weight in parts.items()}
        if shapes != {name: tuple(weight.shape) for name, weight in weights.items()}:
            raise ModelError("these weights belong to a model of another shape")
        with torch.no_grad():
            for name, weight in parts.items():
                weight.copy_(weights[name])

    @property
    def parameters(self) -> int:
        """How many numbers the model has, frozen ones included."""
        model = self.backbone.model
        return sum(one.numel() for one in (*model.parameters(), *self._head.parameters()))

    def _through(self, states: Any, batch: Batch, first: int, last: int) -> Any:
        model = self.backbone.model
        rotary = model.rotary_emb(states, batch.positions)
        for layer in model.layers[first:last]:
            states = layer(states, attention_mask=batch.mask, position_ids=batch.positions, position_embeddings=rotary)
        return states

    def _parts(self) -> Iterator[tuple[str, Any]]:
        model = self.backbone.model
        for number in range(self.frozen, len(model.layers)):
            for name, weight in model.layers[number].named_parameters():
                yield f"layers.{number}.{name}", weight
        yield "norm.weight", model.norm.weight
        for name, weight in self._head.named_parameters():
            yield f"head.{name}", weight
