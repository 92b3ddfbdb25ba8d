"""Linters and language servers: each function has them check all statements, and records what they say with its range,
in lines and columns from 0."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import IO, Any

from research.sql_messages.cases import STATEMENTS
from research.sql_messages.engines import Recording, Row

_SECONDS = 20
_IS_STYLE = ("LT", "CP", "CV", "LX", "TQ", "JJ", "lint/")
"""Beginnings of the codes of rules about the look of a statement."""


def sqlfluff(program: str) -> Recording:
    """Record sqlfluff, from the path of its program."""
    with _files() as folder:
        found = json.loads(_output(folder, program, "lint", "--dialect=postgres", "--format=json", "."))
    rows = []
    for file in found:
        for item in file["violations"]:
            start = item["start_line_no"] - 1, item["start_line_pos"] - 1
            end = item.get("end_line_no", start[0] + 1) - 1, item.get("end_line_pos", start[1] + 1) - 1
            rows.append(_row(Path(file["filepath"]).stem, item["description"], item["code"], "sqlfluff", start, end))
    return f"sqlfluff {_version(program)}", _in_order(rows)


def sqruff(program: str) -> Recording:
    """Record sqruff, from the path of its program."""
    with _files() as folder:
        arguments = ("lint", "--dialect", "postgres", "--parsing-errors", "-f", "json", ".")
        found = json.loads(_output(folder, program, *arguments))
    rows = []
    for path, items in found.items():
        for item in items:
            # sqruff's report counts lines and columns from 1.
            ends = ((item["range"][key]["line"] - 1, item["range"][key]["character"] - 1) for key in ("start", "end"))
            rows.append(_row(Path(path).stem, item["message"], item["code"] or "", item["source"], *ends))
    return f"sqruff {_version(program)}", _in_order(rows)


def postgres_language_server(program: str, database: str) -> Recording:
    """Record postgres-language-server, from the path of its program, with a database that has the tables."""
    with _files() as folder:
        configuration = {"db": {"connectionString": database}}
        Path(folder, "postgres-language-server.jsonc").write_text(json.dumps(configuration))
        rows = list(_published([program, "lsp-proxy"], folder))
    return f"postgres-language-server {_version(program)}", _in_order(rows)


def _published(command: list[str], folder: str) -> Iterator[Row]:
    """Open all statements in a language server and yield its diagnostics."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
    assert process.stdin is not None
    assert process.stdout is not None
    stdin, root = process.stdin, Path(folder).as_uri()
    found: dict[str, Any] = {}
    is_initialized = Event()

    def send(message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        stdin.flush()

    def listen(stdout: IO[bytes]) -> None:
        while (message := _message(stdout)) is not None:
            if message.get("method") == "textDocument/publishDiagnostics":
                found[Path(message["params"]["uri"]).stem] = message["params"]["diagnostics"]
            elif message.get("id") == 1 and "result" in message:
                is_initialized.set()
            elif "method" in message and "id" in message:
                send({"id": message["id"], "result": [None for _ in (message["params"] or {}).get("items", ())]})

    Thread(target=listen, args=(process.stdout,), daemon=True).start()
    try:
        send({"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": root, "capabilities": {}}})
        is_initialized.wait(_SECONDS)
        send({"method": "initialized", "params": {}})
        for case, statement in STATEMENTS.items():
            document = {"uri": f"{root}/{case}.sql", "languageId": "sql", "version": 1, "text": f"{statement};\n"}
            send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        # It first publishes what the parser finds, and then what the database says.
        until = time.monotonic() + _SECONDS
        while not all(found.get(case) for case in STATEMENTS) and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        process.terminate()
    for case, items in found.items():
        for item in items:
            ends = ((item["range"][key]["line"], item["range"][key]["character"]) for key in ("start", "end"))
            yield _row(case, item["message"], item.get("code", ""), item["source"], *ends)


def _message(stream: IO[bytes]) -> Any:
    length = 0
    while line := stream.readline().strip():
        if line.lower().startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    return json.loads(stream.read(length)) if length else None


def _row(case: str, message: str, code: str, source: str, start: tuple[int, int], end: tuple[int, int]) -> Row:
    return {
        "case": case,
        "statement": STATEMENTS[case],
        "message": message,
        "code": code,
        "source": source,
        "start": start,
        "end": end,
    }


def _in_order(rows: list[Row]) -> list[Row]:
    """Return the rows that are not about style, in the order of the statements."""
    places = {case: place for place, case in enumerate(STATEMENTS)}
    kept = (row for row in rows if not row["code"].startswith(_IS_STYLE))
    return sorted(kept, key=lambda row: (places[row["case"]], row["start"], row["code"]))


def _files() -> TemporaryDirectory[str]:
    """Return a folder with a file for each statement."""
    folder = TemporaryDirectory()
    for case, statement in STATEMENTS.items():
        Path(folder.name, f"{case}.sql").write_text(f"{statement}\n")
    return folder


def _output(folder: str, *command: str) -> str:
    # The linters end with an error code where they find something.
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600).stdout


def _version(program: str) -> str:
    return _output(".", program, "--version").split()[-1]
