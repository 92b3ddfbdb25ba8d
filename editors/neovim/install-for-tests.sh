#!/bin/sh
# Neovim for tests/e2e/test_neovim.py: Debian's own (0.7.2 in Debian 12), and beside it, unless called with --old-only,
# the one of Debian's testing suite (0.11 or later).
set -eu
here=$(dirname "$0")
if ! command -v nvim >/dev/null; then
    apt-get update
    apt-get install -y --no-install-recommends neovim
fi
nvim --version | head -n 1
[ "${1-}" = --old-only ] && exit 0
beside=${XDG_CACHE_HOME:-$HOME/.cache}/quickfix-ls-editors/neovim
"$here/../unpack-newer.sh" testing "$beside" neovim
"$beside/run" usr/bin/nvim --version | head -n 1
