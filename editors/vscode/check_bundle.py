"""Start the bundled server as the extension does, without the packages of its interpreter, and have it fix a file:
`python editors/vscode/check_bundle.py [INTERPRETER ...]`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
LIBS = HERE / "bundled" / "libs"
BROKEN = {
    "python": ("file:///greet.py", "def greet(name)\n    return name\n", "Add `:` after `def greet(name)`"),
    "sql": (
        "file:///rooms.sql",
        "SELECT pric FROM rooms;\nCREATE TABLE rooms (room_id INTEGER, price REAL);\n",
        "Replace `pric` with `price`",
    ),
}
"""For each language: a document with an error in its first line, and the title of its first fix."""

# What a model needs beyond fixers: secrets are taken out, requests sent, limits kept. And LightGBM's own library.
_PARTS = """
import sys
sys.path.insert(0, sys.argv[1])
import httpx, httpx_sse, stamina, pathspec, platformdirs
from rapidfuzz.distance import OSA
from quickfix_ls.gateway import redaction, gateway
from quickfix_ls.ranking.boosting import library
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
assert get_mapping_from_secret_type_to_class()
print(library()._name, OSA.distance.__module__, "numpy" in sys.modules)
"""


def check(libs: Path, interpreter: str) -> None:
    """Raise CalledProcessError or AssertionError if the bundle does not serve with this interpreter."""
    parts = subprocess.run(
        [interpreter, "-I", "-S", "-B", "-c", _PARTS, str(libs)], check=True, capture_output=True, text=True
    ).stdout.split()
    assert parts[0].startswith(str(libs)), f"another LightGBM was found: {parts[0]}"
    assert parts[2] == "False", "numpy was imported"
    for language, (uri, text, title) in BROKEN.items():
        titles = fixes_of(libs, interpreter, language, uri, text)
        assert titles[:1] == [title], titles
        print(f"{interpreter}: {titles[0]}; rapidfuzz by {parts[1]}")


def fixes_of(libs: Path, interpreter: str, language: str, uri: str, text: str) -> list[str]:
    """Return the titles of the quick fixes that the server offers for the first line of a document."""
    command = [interpreter, "-I", "-S", "-B", str(HERE / "bundled" / "start_server.py"), str(libs), "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        to, of = server.stdin, server.stdout
        request(to, of, 1, "initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        send(to, method="initialized", params={})
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        send(to, method="textDocument/didOpen", params={"textDocument": document})
        place = {"line": 0, "character": 8}
        asked = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": {"diagnostics": []}}
        actions = request(to, of, 2, "textDocument/codeAction", asked)
        request(to, of, 3, "shutdown", None)
        send(to, method="exit", params=None)
    return [action["title"] for action in actions or []]


def request(to: IO[bytes], of: IO[bytes], number: int, method: str, params: Any) -> Any:
    """Send a request and return its result; other messages before it are skipped."""
    send(to, id=number, method=method, params=params)
    while (message := receive(of)).get("id") != number or "method" in message:
        pass
    assert "error" not in message, message["error"]
    return message["result"]


def send(to: IO[bytes], **message: Any) -> None:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    to.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    to.flush()


def receive(of: IO[bytes]) -> dict[str, Any]:
    """Return the next message. Raises EOFError when the server has ended."""
    size = 0
    while (line := of.readline().strip()) or not size:
        if not line:
            raise EOFError("the server has ended")
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    message: dict[str, Any] = json.loads(of.read(size))
    return message


if __name__ == "__main__":
    for interpreter in sys.argv[1:] or [sys.executable]:
        check(LIBS, interpreter)
