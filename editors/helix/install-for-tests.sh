#!/bin/sh
# Helix for tests/e2e/test_helix.py, from Debian's testing suite, unpacked beside the system; and tmux to drive it.
set -eu
here=$(dirname "$0")
if ! command -v tmux >/dev/null; then
    apt-get update
    apt-get install -y --no-install-recommends tmux
fi
beside=${XDG_CACHE_HOME:-$HOME/.cache}/quickfix-ls-editors/helix
"$here/../unpack-newer.sh" testing "$beside" hx
"$beside/run" usr/bin/hx --version
