"""What a trained cross-encoder says of candidates, and what it refuses to read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

pytest.importorskip("torch", reason="needs quickfix-ls[research]")
pytest.importorskip("transformers", reason="needs quickfix-ls[research]")

import torch

from quickfix_ls.errors import ModelError
from quickfix_ls.training.candidate_arrays import Candidates
from quickfix_ls.training.stored import read_candidates
from research.cross_encoder.__main__ import main
from research.cross_encoder.backbone import load_backbone, save_backbone
from research.cross_encoder.files import read_tensors, write_tensors
from research.cross_encoder.model import CrossEncoder
from research.cross_encoder.score import load_cross_encoder
from research.reward_models_report.cross_encoder import learning
from research.selector_comparison.scores import read_scores, scored_as_a_whole
from tests.research.cross_encoder.kit import FROZEN, LAYERS, SIZE, arguments

# -- what it says ----------------------------------------------------------------------------------------------


def test_whole_groups_of_the_unseen_source_are_scored(stored: Path, trained: Path, tmp_path: Path) -> None:
    out = tmp_path / "cross_encoder.scores.parquet"
    scored = ["score", "--candidates", str(stored), "--model", str(trained), "--out", str(out)]
    assert main([*scored, "--groups", "7"]) == 0
    table, _ = read_candidates(stored)
    candidates = Candidates.of(table)
    found = read_scores(out, table)
    assert list(found.of) == ["unseen"]
    covered = scored_as_a_whole(found.of["unseen"], candidates)
    assert covered.sum() == 7 * SIZE == pq.read_table(out).num_rows
    assert set(candidates.source[covered]) == {"east"}
    best = found.of["unseen"][covered].reshape(7, SIZE).argmax(axis=1)
    assert (candidates.right[covered].reshape(7, SIZE).argmax(axis=1) == best).all()
    for key in ("latency_ms", "lightgbm_ms"):
        assert all(found.facts[key][size] > 0 for size in ("8", "32")), key
    assert min(found.facts[key] for key in ("load_ms", "memory_mb", "size_mb")) > 0
    assert "40 groups with 160 pairs for the scores of east (7 groups at random)" in found.facts["trained"]
    json.dumps(found.facts)


def test_its_part_of_the_page_says_what_was_found(trained: Path) -> None:
    facts = read_tensors(trained / "east.safetensors").facts
    page = learning({"models": [{**facts, "scored_groups": 7}]})
    assert "| east | 10 |" in page
    assert page.count("100.0") >= 1
    assert learning({}) == ""


# -- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\x80\x04]", b"\xff" * 64, b'{"a": 1}'])
def test_what_is_no_safetensors_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "east.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match="no weights"):
        read_tensors(tmp_path / "east.safetensors")


def test_a_pickle_is_never_read(twin: Path, tmp_path: Path) -> None:
    backbone = load_backbone(twin)
    save_backbone(backbone, tmp_path)
    torch.save(backbone.model.state_dict(), tmp_path / "pytorch_model.bin")
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="no language model"):
        load_backbone(tmp_path)


def test_weights_of_another_shape_are_refused(trained: Path, twin: Path) -> None:
    with pytest.raises(ModelError, match="another shape"):
        CrossEncoder(load_backbone(twin, LAYERS), FROZEN + 1).take(read_tensors(trained / "east.safetensors").tensors)
    with pytest.raises(ModelError, match="has 4 layers, not 9"):
        load_backbone(twin, 9)


def test_weights_for_another_form_of_text_are_refused(trained: Path, tmp_path: Path) -> None:
    tensors, facts = read_tensors(trained / "east.safetensors")
    write_tensors(tmp_path / "east.safetensors", tensors, {**facts, "form": facts["form"] + 1})
    with pytest.raises(ModelError, match="another form of text"):
        load_cross_encoder(trained, read_tensors(tmp_path / "east.safetensors"))


@pytest.mark.parametrize(
    ("more", "words"), [(["--unseen", "nowhere"], "no candidates of nowhere"), (["--frozen", "3"], "one must learn")]
)
def test_a_plan_that_can_not_be_followed_is_refused(
    stored: Path, twin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: Sequence[str], words: str
) -> None:
    assert main(arguments(stored, twin, tmp_path, *more)) == 2
    assert words in capsys.readouterr().err


def test_a_folder_without_a_model_is_refused(stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scored = ["score", "--candidates", str(stored), "--model", str(tmp_path)]
    assert main([*scored, "--out", str(tmp_path / "x.parquet")]) == 2
    assert "research.cross_encoder train" in capsys.readouterr().err
