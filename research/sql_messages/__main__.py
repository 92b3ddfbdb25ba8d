"""`python -m research.sql_messages --out tests/languages/sql/messages [...]`: record the tools that are named."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from research.sql_messages import engines, tools
from research.sql_messages.engines import Recording


def main() -> None:
    """Record what engines and tools say about broken statements, one file a tool."""
    parser = argparse.ArgumentParser(prog="python -m research.sql_messages", description=main.__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    for name in ("sqlite", "duckdb", "spark"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--postgres", metavar="ADDRESS", help="host=... user=...")
    parser.add_argument("--mariadb", metavar="SOCKET")
    parser.add_argument("--sqlfluff", metavar="PROGRAM")
    parser.add_argument("--sqruff", metavar="PROGRAM")
    parser.add_argument("--postgres-language-server", nargs=2, metavar=("PROGRAM", "URL"))
    chosen = parser.parse_args()
    recorders: dict[str, Callable[[], Recording]] = {
        "sqlite": engines.sqlite,
        "duckdb": engines.duckdb,
        "spark": engines.spark,
        "postgres": lambda: engines.postgres(chosen.postgres),
        "mariadb": lambda: engines.mariadb(chosen.mariadb),
        "sqlfluff": lambda: tools.sqlfluff(chosen.sqlfluff),
        "sqruff": lambda: tools.sqruff(chosen.sqruff),
        "postgres_language_server": lambda: tools.postgres_language_server(*chosen.postgres_language_server),
    }
    for name, record in recorders.items():
        if getattr(chosen, name):
            tool, messages = record()
            data = {"tool": tool, "source": "recorded by python -m research.sql_messages", "messages": messages}
            text = json.dumps(data, indent=1, ensure_ascii=False)
            Path(chosen.out, f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
            print(f"{name}: {tool}, {len(messages)} messages")


if __name__ == "__main__":
    main()
