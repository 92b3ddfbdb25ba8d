"""What the cross-encoder reads and learns, as a small twin with random weights: same architecture, same code."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("torch", reason="needs quickfix-ls[research]")
pytest.importorskip("transformers", reason="needs quickfix-ls[research]")

import torch

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.training.candidate_arrays import Candidates
from quickfix_ls.training.stored import read_candidates
from research.cross_encoder.activations import Activations
from research.cross_encoder.backbone import load_backbone
from research.cross_encoder.files import read_tensors
from research.cross_encoder.fitting import Labelled, Pace, fit
from research.cross_encoder.last_layer import last_layer
from research.cross_encoder.model import CrossEncoder
from research.cross_encoder.packing import MOST_OWN, MOST_SHARED, Batch, tokens_of
from research.cross_encoder.sample import allowed, lessons
from research.cross_encoder.texts import GroupText, group_text, group_texts
from tests.research.cross_encoder.kit import GROUPS, SIZE, encoder_of, row

# -- what it reads ---------------------------------------------------------------------------------------------


def test_a_text_begins_with_what_is_shared_and_ends_with_the_changed_lines() -> None:
    rows = [row(0, 0, True), {**row(0, 1, False), "original": "a = 1\nb = 2\n", "candidate": "a = 1\nb = 3\n"}]
    rows[1] |= {"complete": False, "outside": "import os"}
    assert group_text(rows) == GroupText(
        "import sys\n",
        "SyntaxError: '(' was never closed\nprint(total\n",
        ("+ print(total)\n -> )\nfixed", "~ b = 3\n2 -> 3\n+ import os\npartly"),
    )


def test_of_long_lines_only_the_words_near_the_change_are_kept() -> None:
    line = "value = compute(alpha, beta, gamma, delta, epsilon, zeta, eta, theta, iota"
    one = {**row(0, 0, True), "problem_line": line, "original": line, "candidate": line.replace("epsilon", "epsilom")}
    (ending,) = group_text([one]).endings
    assert ending == "+ gamma, delta, epsilom, zeta, eta, theta\nn -> m\nfixed"


def test_what_is_too_long_is_cut(twin: Path) -> None:
    tokenizer = load_backbone(twin).tokenizer
    found = tokens_of(GroupText("c" * 100, "p" * 30, ("e" * 100, "f")), tokenizer)
    assert np.bincount(found.part).tolist() == [MOST_SHARED, MOST_OWN, 2]
    assert tokenizer.decode(found.ids[found.part == 0].tolist()).count("p") == 30
    assert found.position[found.part == 2].tolist() == [MOST_SHARED, MOST_SHARED + 1]


def test_a_candidate_scores_the_same_alone_and_beside_others(twin: Path) -> None:
    encoder = encoder_of(twin)
    randomise(encoder)
    texts = [GroupText("x\n", "error\n", ("+ one", "+ second", "+ a third")), GroupText("", "other\n", ("+ fourth",))]
    alone = [encoder.score(text._replace(endings=(ending,)))[0] for text in texts for ending in text.endings]
    together = encoder.score_all([tokens_of(text, encoder.backbone.tokenizer) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)
    assert len(set(np.round(alone, 5))) == 4


def test_the_last_layer_says_of_what_is_read_out_what_it_says_of_all(twin: Path) -> None:
    encoder = encoder_of(twin)
    texts = [GroupText("x\n", "error\n", ("+ one", "+ second")), GroupText("", "other\n", ("+ fourth",))]
    batch = Batch.of([tokens_of(text, encoder.backbone.tokenizer) for text in texts])
    model = encoder.backbone.model
    states = torch.randn(1, batch.positions.shape[1], encoder.hidden, generator=torch.Generator().manual_seed(4))
    rotary = model.rotary_emb(states, batch.positions)
    whole = model.layers[-1](states, attention_mask=batch.mask, position_embeddings=rotary)
    assert torch.allclose(last_layer(model.layers[-1], states, batch, rotary), whole[0, batch.readouts], atol=1e-5)


def randomise(encoder: CrossEncoder) -> None:
    generator = torch.Generator().manual_seed(2)
    encoder.take({name: torch.randn(one.shape, generator=generator) for name, one in encoder.trained().items()})


# -- what it learns --------------------------------------------------------------------------------------------


def test_it_learns_what_a_source_that_it_never_saw_wants(trained: Path) -> None:
    facts = read_tensors(trained / "east.safetensors").facts
    assert [point["share"] for point in facts["curve"]] == [0.125, 0.25, 0.5, 1.0]
    assert facts["curve"][-1] == {"share": 1.0, "pairs": 6 * 40 * SIZE, "accepted": 1.0}
    assert facts["first"] < 0.6
    assert 0 <= facts["probe"] <= 1
    assert (facts["groups"], facts["pairs"], facts["backbone"]) == (40, 160, "twin")


def test_only_the_upper_layers_and_the_head_are_trained(trained: Path, twin: Path) -> None:
    names = set(read_tensors(trained / "east.safetensors").tensors)
    assert {name.split(".")[1] for name in names if name.startswith("layers.")} == {"1", "2"}
    assert {"norm.weight", "head.weight", "head.bias"} <= names


def test_half_of_the_wrong_candidates_are_hard_ones_and_no_lesson_is_of_the_unseen_source(stored: Path) -> None:
    candidates = Candidates.of(read_candidates(stored)[0])
    complete = FEATURE_NAMES.index("complete")
    candidates.x[:, complete] = candidates.right | (candidates.place == 3)
    found = allowed(candidates, "east", lessons(candidates, groups=15, wrong=2, seed=0))
    assert {str(candidates.first(candidates.source)[one.choice]) for one in found} == {"north", "west"}
    assert len(found) == 30
    for one in found:
        places = candidates.groups[one.choice]
        right, hard = candidates.right[places], candidates.x[places, complete] > 0
        assert one.shown.sum() == 3
        assert one.shown[right].all()
        assert one.shown[hard].all()


class Halted(Exception):
    """What breaks a training off."""


def test_a_training_that_is_broken_off_goes_on_to_the_same_weights(stored: Path, twin: Path, tmp_path: Path) -> None:
    table, _ = read_candidates(stored)
    candidates = Candidates.of(table)
    whole, halves = encoder_of(twin), encoder_of(twin)
    pace = Pace(epochs=2, batch=8, rate=0.01, kept_every=3)
    curve = fit(whole, labelled(whole, table, candidates, tmp_path), pace, tmp_path / "a", lambda: 0.5, lambda _: None)

    def halt(done: int) -> None:
        if (tmp_path / "b").exists() and read_tensors(tmp_path / "b").facts["step"] >= 6:
            raise Halted

    learnt = labelled(halves, table, candidates, tmp_path)
    with pytest.raises(Halted):
        fit(halves, learnt, pace, tmp_path / "b", lambda: 0.5, halt)
    begun: list[int] = []
    again = encoder_of(twin)
    assert fit(again, learnt, pace, tmp_path / "b", lambda: 0.5, begun.append) == curve
    assert begun[0] == 6
    for name, weight in whole.trained().items():
        assert torch.equal(weight, again.trained()[name]), name
    begun.clear()
    fit(again, learnt, Pace(epochs=2, batch=8, rate=0.02), tmp_path / "b", lambda: 0.5, begun.append)
    assert begun[0] == 0, "another pace is another training"


def labelled(encoder: CrossEncoder, table: pa.Table, candidates: Candidates, folder: Path) -> Labelled:
    tokens = [tokens_of(text, encoder.backbone.tokenizer) for text in group_texts(table, candidates)]
    activations = Activations(folder / "activations.f16", tokens, encoder)
    activations.compute(lambda _: None)
    return Labelled(activations, range(GROUPS), [candidates.right[places] for places in candidates.groups])


def test_activations_that_were_broken_off_are_completed_and_those_of_other_texts_are_not_used(
    twin: Path, tmp_path: Path
) -> None:
    encoder = encoder_of(twin)
    tokens = [tokens_of(GroupText("", f"error {n}\n", ("+ a", "+ b")), encoder.backbone.tokenizer) for n in range(70)]

    def halt(count: int) -> None:
        counted.append(count)
        if sum(counted) == 66:
            raise Halted

    counted: list[int] = []
    with pytest.raises(Halted):
        Activations(tmp_path / "kept.f16", tokens, encoder).compute(halt)
    counted = []
    again = Activations(tmp_path / "kept.f16", tokens, encoder)
    again.compute(counted.append)
    assert (counted[0], sum(counted)) == (64, 70)
    states, batch = again.batch([3, 69])
    wanted = encoder.lower([tokens[3], tokens[69]], Batch.of([tokens[3], tokens[69]]))
    assert torch.allclose(states, wanted, atol=0.01)
    assert batch.sizes == (2, 2)
    counted = []
    Activations(tmp_path / "kept.f16", tokens[::-1], encoder).compute(counted.append)
    assert counted[0] == 0
