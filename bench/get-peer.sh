#!/usr/bin/env bash
# Fetches Debian's kernel-hardening-checker from its newest suite into DIR, with an apt state of its own; installs nothing.
set -euo pipefail
dir=$(realpath -m "${1:?usage: get-peer.sh DIR}")
mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | sed -n 's/^URIs: *//p; s/^deb \([^ ]*\) .*/\1/p' | head -1 || true)
state="$dir/apt"
mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
echo "deb [trusted=yes] $mirror sid main" >"$state/sources.list"
cat >"$state/apt.conf" <<CONF
Dir::State::Lists "$state/lists";
Dir::Cache "$state/cache";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "-";
CONF
export APT_CONFIG="$state/apt.conf"
apt-get update -qq
(cd "$state" && apt-get download -qq kernel-hardening-checker && dpkg-deb -x kernel-hardening-checker_*.deb "$dir")
echo "PEER=$dir"
