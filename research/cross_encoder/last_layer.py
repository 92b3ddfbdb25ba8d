"""The last layer at the tokens that are read out, one a candidate: of what it says of the others nothing becomes of."""

from __future__ import annotations

from typing import Any

from torch.nn.functional import scaled_dot_product_attention
from transformers.models.llama.modeling_llama import rotate_half

from research.cross_encoder.packing import Batch


def last_layer(layer: Any, states: Any, batch: Batch, rotary: tuple[Any, Any]) -> Any:
    """What a layer of Llama's architecture makes of `states` (1 x tokens x hidden) at the batch's readouts (candidates
    x hidden). `rotary` are the cosines and sines of the positions (1 x tokens x size of a head, each)."""
    attention, read = layer.self_attn, batch.readouts
    cosines, sines = (one[0] for one in rotary)
    before, normed = states[0, read], layer.input_layernorm(states[0])

    def heads(numbers: Any) -> Any:
        return numbers.view(len(numbers), -1, attention.head_dim).transpose(0, 1)

    def rotated(numbers: Any, cosine: Any, sine: Any) -> Any:
        return numbers * cosine + rotate_half(numbers) * sine

    said = scaled_dot_product_attention(
        rotated(heads(attention.q_proj(normed[read])), cosines[read], sines[read])[None],
        rotated(heads(attention.k_proj(normed)), cosines, sines)[None],
        heads(attention.v_proj(normed))[None],
        attn_mask=batch.mask[:, :, read],
        scale=attention.scaling,
        enable_gqa=True,
    )[0]
    after = before + attention.o_proj(said.transpose(0, 1).reshape(len(read), -1))
    return after + layer.mlp(layer.post_attention_layernorm(after))
