"""The language model: what it says of code, and what it does with files that are not models."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from quickfix_ls.errors import ModelError
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.plausibility import Plausibility, store
from quickfix_ls.plausibility.store import HEADER, PROBABILITIES, ROOT, Store
from quickfix_ls.training.plausibility import train_plausibility
from quickfix_ls.training.source_files import SourceFile
from tests.kit_python import PLAUSIBILITY as MODEL
from tests.kit_python import PYTHON

SMALL = {
    "one.py": "def total(items):\n    all = 0\n    for item in items:\n        all += item\n    return all\n",
    "two.py": "import os\n\nfor name in os.listdir('.'):\n    if name:\n        print(name, len(name))\n",
    "three.py": "class Point:\n    def __init__(self, x):\n        self.x = x\n        self.y = [x, 1, 2]\n",
}


@pytest.fixture(scope="module")
def shipped() -> Plausibility:
    return Plausibility.load(PYTHON.tokenizer, MODEL)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    for name, text in SMALL.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = [SourceFile(folder / name, "small") for name in sorted(SMALL)]
    train_plausibility(files, folder / "model.bin", order=3, date="2020-02-02", held_out=files)
    return folder


LEAST = 200


def bits(model: Plausibility, text: str) -> float:
    return model.score(model.symbols(lex(text)))


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("for i in range(len(x)):\n    print(i)\n", "for i range(len(x)):\n    print(i)\n"),
        ("if x == 1:\n    return y\n", "if x = 1:\n    return y\n"),
        ("if x:\n    y = 1\n", "if x\n    y = 1\n"),
        ("if x:\n    y = 1\n", "if x:\ny = 1\n"),
        ("import numpy as np\n", "import np as numpy\n"),
        ("self.x = f(a, b)\n", "self.x = f(a b)\n"),
    ],
)
def test_right_code_is_likelier_than_broken_code(shipped: Plausibility, likely: str, unlikely: str) -> None:
    assert bits(shipped, likely) > bits(shipped, unlikely) + 1


@pytest.mark.parametrize("context", ["", "for i in", "x = (", "def f(self", "zzz.yyy @"])
def test_the_probabilities_after_a_context_sum_to_one(shipped: Plausibility, context: str) -> None:
    symbols = shipped.symbols(lex(context))
    every = range(1, len(shipped.words_known) + 1)
    total = sum(2 ** shipped.logprob([*symbols, symbol], len(symbols)) for symbol in every)
    assert total == pytest.approx(1, abs=0.05)


def test_pairs_are_bigrams_whatever_stands_before(shipped: Plausibility) -> None:
    symbols = shipped.symbols(lex("x = [1, 2]\n"))
    left, right = symbols[1], symbols[2]
    assert shipped.pair(left, right) == shipped.score((left, right), 1)
    assert shipped.pair(0, right) == shipped.pair(left, 0) == 0.0
    assert shipped.behind(left, tuple(symbols)) == tuple(shipped.pair(left, one) for one in symbols)
    assert shipped.ahead(right, tuple(symbols)) == tuple(shipped.pair(one, right) for one in symbols)
    assert shipped.pairs(symbols) == pytest.approx(sum(map(shipped.pair, symbols, symbols[1:])))


def test_what_was_looked_up_before_changes_nothing(shipped: Plausibility) -> None:
    symbols = shipped.symbols(lex(SMALL["three.py"]))
    fresh = Plausibility.load(PYTHON.tokenizer, MODEL)
    backwards = [fresh.logprob(symbols, index) for index in reversed(range(len(symbols)))]
    assert backwards[::-1] == pytest.approx(shipped.bits(symbols))


def test_parts_add_up_to_the_whole(shipped: Plausibility) -> None:
    symbols = shipped.symbols(lex(SMALL["three.py"]))
    each = sum(shipped.logprob(symbols, index) for index in range(len(symbols)))
    halves = shipped.score(symbols, 0, 9) + shipped.score(symbols, 9)
    assert shipped.score(symbols) == pytest.approx(each) == pytest.approx(halves)


def test_a_second_load_says_the_same(shipped: Plausibility) -> None:
    again = Plausibility.load(PYTHON.tokenizer, MODEL)
    assert [bits(again, text) for text in SMALL.values()] == [bits(shipped, text) for text in SMALL.values()]


def test_any_text_has_a_score(shipped: Plausibility) -> None:
    rng = random.Random(7)
    for _ in range(300):
        text = "".join(rng.choice("ab(]{:,'\"\\#\n\t =.1é²\x00\u202e") for _ in range(rng.randrange(40)))
        assert bits(shipped, text) <= 0


def test_training_gives_the_same_bytes_each_time_and_an_honest_card(small: Path, tmp_path: Path) -> None:
    files = [SourceFile(small / name, "small") for name in sorted(SMALL)]
    train_plausibility(files, tmp_path / "again.bin", order=3, date="2020-02-02", held_out=files)
    assert (tmp_path / "again.bin").read_bytes() == (small / "model.bin").read_bytes()
    assert (tmp_path / "again.json").read_text() == (small / "model.json").read_text()
    card = json.loads((small / "model.json").read_text())
    assert (card["order"], card["files"], card["date"], card["held_out"]) == (3, 3, "2020-02-02", ["small"])
    assert card["sha256"] == store.digest(small / "model.bin")
    model = Plausibility.load(PYTHON.tokenizer, small / "model.bin")
    count = sum(len(model.symbols(lex(text))) for text in SMALL.values())
    assert card["tokens"] == count
    bits_in_all = -sum(bits(model, text) for text in SMALL.values())
    assert card["held_out_bits_per_symbol"] == pytest.approx(bits_in_all / count, abs=1e-3)


def test_what_was_seen_in_training_is_likelier(small: Path) -> None:
    model = Plausibility.load(PYTHON.tokenizer, small / "model.bin")
    assert bits(model, "for name in items:\n    print(name)\n") > bits(model, "for name items in:\n    print(name)\n")


def test_a_model_cut_down_to_size_still_sums_to_one(small: Path, tmp_path: Path) -> None:
    files = [SourceFile(small / name, "small") for name in sorted(SMALL)]
    card = train_plausibility(files, tmp_path / "cut.bin", order=3, largest=LEAST, held_out=files)
    assert sum(card["ngrams"]) <= LEAST
    model = Plausibility.load(PYTHON.tokenizer, tmp_path / "cut.bin")
    symbols = model.symbols(lex("for name in"))
    every = range(1, len(model.words_known) + 1)
    assert sum(2 ** model.logprob([*symbols, one], len(symbols)) for one in every) == pytest.approx(1, abs=0.05)


def test_the_shipped_model_is_the_one_its_card_tells_of() -> None:
    card = json.loads(MODEL.with_suffix(".json").read_text(encoding="utf-8"))
    assert card["sha256"] == store.digest(MODEL)
    assert MODEL.stat().st_size < 6_500_000


@pytest.mark.parametrize("kept", [0, 5, HEADER.size, HEADER.size + 100, 1_500, -1])
def test_a_truncated_file_is_refused(small: Path, tmp_path: Path, kept: int) -> None:
    (tmp_path / "cut.bin").write_bytes((small / "model.bin").read_bytes()[:kept])
    with pytest.raises(ModelError, match=r"cut\.bin can't be used"):
        Plausibility.load(PYTHON.tokenizer, tmp_path / "cut.bin")


@pytest.mark.parametrize("at", [0, 9, 13, 17, 21, 25, HEADER.size + 3, 500, 600, 700])
def test_a_damaged_file_is_refused(small: Path, tmp_path: Path, at: int) -> None:
    data = bytearray((small / "model.bin").read_bytes())
    data[at] ^= 0x55
    (tmp_path / "bad.bin").write_bytes(data)
    with pytest.raises(ModelError, match=r"bad\.bin can't be used"):
        Plausibility.load(PYTHON.tokenizer, tmp_path / "bad.bin")


def test_damage_in_the_tables_never_raises(small: Path, tmp_path: Path) -> None:
    data = bytearray((small / "model.bin").read_bytes())
    *shorter, longest = json.loads((small / "model.json").read_text())["ngrams"]
    contexts = 1 + sum(shorter)
    tables = 3 * (contexts + longest) + contexts
    data[-tables:] = random.Random(3).randbytes(tables)
    (tmp_path / "bad.bin").write_bytes(data)
    model = Plausibility.load(PYTHON.tokenizer, tmp_path / "bad.bin")
    assert all(isinstance(bits(model, text), float) for text in SMALL.values())


def test_the_files_tables_are_a_trie(shipped: Plausibility) -> None:
    store = Store(MODEL)
    below = [store.child(ROOT, symbol) for symbol in range(1, len(store.words) + 1)]
    assert below == list(range(1, len(store.words) + 1))
    assert store.child(ROOT, 0) == store.child(ROOT, len(store.words) + 1) == -1
    symbols = shipped.symbols(lex("for i in range(len(x)):\n"))[:3]
    node = ROOT
    for length, symbol in enumerate(symbols, 1):
        node = store.child(node, symbol)
        assert PROBABILITIES[store.probabilities[node]] == shipped.logprob(symbols[:length], length - 1)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"absent\.bin is missing"):
        Plausibility.load(PYTHON.tokenizer, tmp_path / "absent.bin")


def test_serving_does_not_import_numpy() -> None:
    code = (
        "import sys; from quickfix_ls.languages import of; from quickfix_ls.plausibility import Plausibility as P; "
        "m = P.load(of('python').tokenizer, __import__('pathlib').Path(sys.argv[1])); "
        "assert m.score([1, 2, 3]) < 0; sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(MODEL)], check=False).returncode == 0
