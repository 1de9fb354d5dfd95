#!/bin/sh
# Registers the package repository of FRAMES, so that the system's updates include FRAMES. `--disable` takes it out again.
# DESTDIR comes before the folders that it writes to.
set -eu

url=@URL@
key=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)/repository-key.asc
apt=${DESTDIR:-}/etc/apt/sources.list.d
dnf=${DESTDIR:-}/etc/yum.repos.d

fail() {
  echo "enable-repository: $1" >&2
  exit 1
}

case ${1:-} in
  '') ;;
  --disable)
    rm -f "$apt/frames.sources" "$dnf/frames.repo"
    echo "The repository of FRAMES is no longer registered."
    exit 0
    ;;
  *) fail "usage: sudo $0 [--disable]" ;;
esac

if [ -d "$apt" ]; then
  [ -w "$apt" ] || fail "You may not change $apt. Run this as root: sudo $0"
  cat >"$apt/frames.sources" <<END
Types: deb
URIs: $url
Suites: ./
Signed-By: $key
END
  echo "Registered. Updates of FRAMES come with: sudo apt update && sudo apt upgrade"
elif [ -d "$dnf" ]; then
  [ -w "$dnf" ] || fail "You may not change $dnf. Run this as root: sudo $0"
  cat >"$dnf/frames.repo" <<END
[frames]
name=FRAMES
baseurl=$url
gpgkey=file://$key
gpgcheck=1
repo_gpgcheck=1
enabled=1
END
  echo "Registered. Updates of FRAMES come with: sudo dnf upgrade"
else
  fail "This system has neither apt nor dnf. Download updates from $url"
fi
