#!/bin/sh
# VS Code in a browser (code-server) and Chromium, for tests/e2e/vscode: Debian packages as root, the rest from npm.
# Takes three to four minutes and 0.8 GB in $TESTED_CODE_SERVER, or else in the user's cache. Done twice, it does
# nothing the second time.
set -eu
code_server=4.139.1
playwright=1.65.1
client=9.0.1 # of the small extension that starts a second server
place=${TESTED_CODE_SERVER:-${XDG_CACHE_HOME:-$HOME/.cache}/quickfix-ls-code-server}

wanted=""
for package in build-essential chromium fonts-dejavu-core libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev \
    pkg-config python3; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" || wanted="$wanted $package"
done
if [ -n "$wanted" ]; then
    apt-get -o DPkg::Lock::Timeout=300 update
    # shellcheck disable=SC2086
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $wanted
fi

# npm 11 runs no package's scripts unless it is told to: Node's own download and the native modules need them.
export npm_config_dangerously_allow_all_scripts=true npm_config_fund=false npm_config_audit=false

# A folder for each: a later `npm install` beside Node's takes away the headers that native modules are built with.
add() {
    mkdir -p "$place/$1"
    [ -f "$place/$1/package.json" ] || echo '{"private": true}' >"$place/$1/package.json"
    (cd "$place/$1" && npm install --no-package-lock --omit=dev "$2")
}

[ -x "$place/node/node_modules/node/bin/node" ] || add node node@24
headers=$(dirname "$(dirname "$(dirname "$(find "$place/node" -path '*include/node/node.h' | head -n 1)")")")
export PATH="$place/node/node_modules/node/bin:$PATH"

if [ ! -f "$place/code-server/complete" ]; then
    npm_config_nodedir="$headers" add code-server "code-server@$code_server"
    touch "$place/code-server/complete"
fi
[ -d "$place/client/node_modules/vscode-languageclient" ] || add client "vscode-languageclient@$client"
[ -d "$place/playwright/node_modules/playwright-core" ] || add playwright "playwright-core@$playwright"

node "$place/code-server/node_modules/code-server/out/node/entry.js" --config "$place/config.yaml" --version
chromium --version
