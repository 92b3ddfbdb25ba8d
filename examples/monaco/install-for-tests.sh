#!/bin/sh
# What tests/e2e/test_monaco.py needs besides Node.js 20: Chromium from Debian's packages, the page's own packages and
# the page built from them, and pylsp, the language server that runs beside ours in one of the tests.
set -eu
cd "$(dirname "$0")"
if ! command -v chromium >/dev/null; then
    apt-get update
    apt-get install -y --no-install-recommends chromium
fi
npm ci
npm run build
python3 -m venv .venv
.venv/bin/pip install --quiet "python-lsp-server[pyflakes,websockets]"
chromium --version
.venv/bin/pylsp --version
