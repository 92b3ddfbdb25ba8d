#!/bin/sh
# Vim and ALE for tests/e2e/test_vim.py, from Debian's own packages (9.0 and 3.3 in Debian 12), and tmux to drive them.
set -eu
missing=
for package in vim vim-ale tmux; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
    apt-get update
    # Unquoted: a list of names.
    apt-get install -y --no-install-recommends $missing
fi
vim --version | head -n 1
