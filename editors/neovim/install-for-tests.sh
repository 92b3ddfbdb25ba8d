#!/bin/sh
# Neovim for tests/e2e/test_neovim.py, from Debian's own packages (0.7.2 in Debian 12).
set -eu
if ! command -v nvim >/dev/null; then
    apt-get update
    apt-get install -y --no-install-recommends neovim
fi
nvim --version | head -n 1
