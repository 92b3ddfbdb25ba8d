"""How long the shipped models take to load, each run in a fresh process.

python benchmarks/speed/loading.py [--runs N]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import textwrap

MEASURE = """
    import json, time
    from quickfix_ls import languages
    from quickfix_ls.plausibility import FILE, Plausibility
    from quickfix_ls.ranking.loader import load_selector
    from quickfix_ls.shipped import models_of

    language, models = languages.of("python"), models_of("python")

    found = {}
    for name, load in (
        ("plausibility", lambda: Plausibility.load(language.tokenizer, models / FILE)),
        ("lightgbm", lambda: load_selector("lightgbm", language.measures.names, models)),
        ("logistic", lambda: load_selector("logistic", language.measures.names, models)),
    ):
        began = time.process_time()
        kept = load()
        found[name] = (time.process_time() - began) * 1000
    print(json.dumps(found))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=11)
    runs = [_run() for _ in range(parser.parse_args().runs)]
    print("| model | CPU time to load, ms: median | least |\n|---|---|---|")
    for name in runs[0]:
        times = [run[name] for run in runs]
        print(f"| {name} | {statistics.median(times):.1f} | {min(times):.1f} |")


def _run() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(MEASURE)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
