#!/usr/bin/env bash
# Fetches the vendored front-end files again, in exactly the pinned versions: make vendor.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unpack() { npm pack --silent "$1@$2" >/dev/null && mkdir "$3" && tar xzf ./*.tgz -C "$3" --strip-components=1 && rm ./*.tgz; }

unpack @kern-ux/native 2.7.2 kern
unpack @fontsource/fira-sans 5.3.0 fira
unpack htmx.org 2.0.10 htmx

mkdir -p "$here/kern/fonts" "$here/htmx"
cp kern/dist/kern.min.css kern/LICENSE.md "$here/kern/"
for weight in Regular Italic SemiBold Bold; do cp "kern/dist/fonts/fira-sans/FiraSans-$weight.woff2" "$here/kern/fonts/"; done
cp fira/LICENSE "$here/kern/fonts/OFL.txt"
cp htmx/dist/htmx.min.js htmx/LICENSE "$here/htmx/"
