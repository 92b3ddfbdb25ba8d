"""The network: a small transformer that reads the words around an error once and says how likely each edit is.

P(edit) = P(place) x P(answer | place). All candidates of a step are scored from the one reading, which is what makes
it affordable while somebody types. A pass takes a batch of questions, padded to the longest.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from research.neural_judge.alphabet import (
    AHEAD,
    ANSWERS,
    BEHIND,
    DEEPEST,
    ERROR_BUCKETS,
    TEXT_BUCKETS,
    Edit,
    Question,
)

WIDTH, LAYERS, HEADS, INNER, REACH = 128, 4, 4, 384, 5
WORDS = 4096
"""The n-gram model's symbols are below this; 0 is the end of the window."""
_NEAR_END = 20


class Batch:
    """Questions as tensors (questions x words), each with one word more, behind which nothing stands."""

    def __init__(self, questions: Sequence[Question]) -> None:
        lengths = [len(one.words) + 1 for one in questions]
        longest = max(lengths)
        self.words = _padded([one.words for one in questions], longest)
        self.texts = _padded([one.texts for one in questions], longest)
        self.depths = _padded([one.depths for one in questions], longest)
        self.error = torch.tensor([one.error for one in questions])
        index = torch.arange(longest)
        at = torch.tensor([one.at for one in questions])[:, None]
        at_end = torch.tensor([one.at_end for one in questions])[:, None]
        self.from_error = (index - at).clamp(-BEHIND, AHEAD) + BEHIND
        self.from_end = (index - at_end).clamp(-_NEAR_END, _NEAR_END) + _NEAR_END
        self.there = index < torch.tensor(lengths)[:, None]


class Layer(nn.Module):
    """A short convolution for the neighbours, attention for the rest, and a feed-forward part, each a residual."""

    def __init__(self) -> None:
        super().__init__()
        self.before_mix, self.before_attention, self.before_inner = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.mix = nn.Conv1d(WIDTH, WIDTH, REACH, padding=REACH // 2, groups=WIDTH)
        self.heads_in, self.heads_out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner = nn.Sequential(nn.Linear(WIDTH, INNER), nn.GELU(), nn.Linear(INNER, WIDTH))

    def forward(self, state: Tensor, there: Tensor) -> Tensor:
        kept = self.before_mix(state) * there[:, :, None]
        state = state + self.mix(kept.transpose(1, 2)).transpose(1, 2)
        batch, length, _ = state.shape
        parts = self.heads_in(self.before_attention(state)).view(batch, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=there[:, None, None, :])
        state = state + self.heads_out(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        return state + self.inner(self.before_inner(state))


class Judge(nn.Module):
    """The log-probabilities of places (questions x 2 words: gap, word, gap, word ...) and what answers follow from."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.text = nn.Embedding(WORDS, WIDTH), nn.Embedding(TEXT_BUCKETS, WIDTH)
        self.depth, self.error = nn.Embedding(DEEPEST + 1, WIDTH), nn.Embedding(ERROR_BUCKETS, WIDTH)
        self.from_error = nn.Embedding(BEHIND + AHEAD + 1, WIDTH)
        self.from_end = nn.Embedding(2 * _NEAR_END + 1, WIDTH)
        for table in (self.word, self.text, self.depth, self.error, self.from_error, self.from_end):
            nn.init.normal_(table.weight, std=0.3)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = nn.LayerNorm(WIDTH)
        self.place = nn.Linear(WIDTH, 2)
        self.in_gap = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, len(ANSWERS)))
        self.for_word = nn.Linear(WIDTH, len(ANSWERS))

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Log-probabilities of places, and the states of all words (questions x words x WIDTH)."""
        state = self.word(batch.words) + self.text(batch.texts) + self.depth(batch.depths)
        state = state + self.from_error(batch.from_error) + self.from_end(batch.from_end)
        state = self.dropout(state + self.error(batch.error)[:, None])
        for layer in self.layers:
            state = layer(state, batch.there)
        state = self.last(state)
        places = self.place(state).masked_fill(~batch.there[:, :, None], -1e9).flatten(1)
        return places.log_softmax(1), state

    def answers(self, state: Tensor, questions: Tensor, places: Tensor) -> Tensor:
        """Log-probabilities of answers (edits x answers) for the places of the questions of the batch."""
        index = places // 2
        here = state[questions, index]
        before = state[questions, (index - 1).clamp(min=0)]
        gaps = self.in_gap(torch.cat([here, before], 1))
        return torch.where((places % 2 == 0)[:, None], gaps, self.for_word(here)).log_softmax(1)


def log_probabilities(judge: Judge, questions: Sequence[Question], edits: Sequence[Sequence[Edit]]) -> list[Tensor]:
    """For each question the log-probabilities of its edits (edits x 2: of the place, of the answer there)."""
    places, state = judge(Batch(questions))
    counts = [len(some) for some in edits]
    owner = torch.repeat_interleave(torch.arange(len(counts)), torch.tensor(counts))
    place = torch.tensor([edit[0] for some in edits for edit in some], dtype=torch.long)
    answer = torch.tensor([edit[1] for some in edits for edit in some], dtype=torch.long)
    said = judge.answers(state, owner, place).gather(1, answer[:, None])[:, 0]
    return list(torch.stack([places[owner, place], said], 1).split(counts))


def _padded(rows: Sequence[Sequence[int]], longest: int) -> Tensor:
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
