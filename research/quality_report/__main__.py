"""Makes docs/quality.md with its pictures, docs/misses.md and the README's table of figures.

    python -m research.quality_report --outcomes outcomes.jsonl --cases cases.json --data debugbench.jsonl ...
    python -m research.quality_report

The outcomes are those of `quickfix-ls train --data ... --outcomes outcomes.jsonl`, the data the same files; the cases
are the report of `quickfix-ls evaluate CASES.jsonl --json cases.json`. All figures go to docs/quality.json, so that
without outcomes the page is made anew from there. The figures of other servers come from the files in
benchmarks/peers/figures, which `benchmarks/peers/compare.py` writes.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

from research.quality_report.cases import cases_of
from research.quality_report.figures import are_of_model, figures
from research.quality_report.misses import misses_page
from research.quality_report.page import headline, quality_page
from research.quality_report.plots import draw
from research.quality_report.records import read_records, read_rows
from research.running import exit_code

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FIGURES, PAGE, MISSES, PICTURES = DOCS / "quality.json", DOCS / "quality.md", DOCS / "misses.md", DOCS / "quality"
PEERS, README = ROOT / "benchmarks" / "peers" / "figures", ROOT / "README.md"
CARD = ROOT / "quickfix_ls" / "models" / "python" / "lightgbm.json"
_MARKED = re.compile(r"(<!-- figures: python -m research.quality_report -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def main() -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m research.quality_report",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--outcomes", type=Path, help="what cross-validation found (default: the figures stay)")
    parser.add_argument("--cases", type=Path, help="the report of an evaluation of cases (default: the figures stay)")
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="the files that it was about")
    options = parser.parse_args()
    return exit_code(partial(_make, options.outcomes, options.cases, options.data))


def _make(outcomes: Path | None, cases: Path | None, data: list[Path]) -> int:
    if outcomes is not None:
        _count(outcomes, data)
    if cases is not None:
        _write_figures({**_read(FIGURES), "cases": cases_of(_read(cases))})
    draw(_read(FIGURES), PICTURES)
    PAGE.write_text(page(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")
    return 0


def page() -> str:
    """docs/quality.md as it has to be."""
    return quality_page(_read(FIGURES), [_read(path) for path in sorted(PEERS.glob("*.json"))])


def readme() -> str:
    """README.md as it has to be: itself, with the figures of today between its two marks."""
    text = README.read_text(encoding="utf-8")
    made, count = _MARKED.subn(lambda found: found[1] + headline(_read(FIGURES)) + found[2], text)
    if count != 1:
        raise SystemExit(f"README.md has {count} places for the figures, not one")
    return made


def _count(outcomes: Path, data: list[Path]) -> None:
    records, rows = read_records(outcomes), read_rows(data)
    before = _read(FIGURES)
    made = {"date": datetime.date.today().isoformat(), **figures(records, rows), "cases": before.get("cases")}
    _write_figures(made)
    MISSES.write_text(misses_page(records, rows), encoding="utf-8")
    if not are_of_model(made, _read(CARD)):
        print(f"These are not the figures in {CARD.name}: the outcomes are of another training than the shipped model.")


def _write_figures(made: dict[str, Any]) -> None:
    FIGURES.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
