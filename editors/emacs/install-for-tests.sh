#!/bin/sh
# Emacs for tests/e2e/test_emacs.py: Debian's own with eglot and lsp-mode from its packages (28.2, 1.9 and 8.0 in
# Debian 12), and beside it the one of Debian 12's backports, which has eglot built in (30.1); and tmux to drive them.
set -eu
here=$(dirname "$0")
missing=
for package in emacs-nox elpa-eglot elpa-lsp-mode tmux; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
    apt-get update
    # Unquoted: a list of names.
    apt-get install -y --no-install-recommends $missing
fi
emacs --version | head -n 1
beside=${XDG_CACHE_HOME:-$HOME/.cache}/quickfix-ls-editors/emacs
"$here/../unpack-newer.sh" bookworm-backports "$beside" emacs-nox
