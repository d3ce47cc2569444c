#!/bin/sh
# Make sure that the browser tests find a Chromium: the machine's own, else Debian's package.
# Without one those tests are skipped, and this says so; it never fails.
set -u

found() {
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null && return 0
  done
  return 1
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$1"
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'Installing Chromium for the browser tests (Debian package "chromium-headless-shell") …'
  log=$(mktemp)
  if ! { apt-get -qq update && { install chromium-headless-shell || install chromium; }; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
  fi
  rm -f "$log"
  found && exit 0
fi
echo '*** There is no Chromium on this machine: THE BROWSER TESTS WILL BE SKIPPED. ***' >&2
echo '*** Install Chromium or Google Chrome and run make again to have them run.   ***' >&2
