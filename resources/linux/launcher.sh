#!/bin/sh
# The command `frames` of packages. Chromium reads these switches before our code runs. Its own messages would mix with ours, and as
# root it refuses to start with its sandbox. Commands show no page; windows are refused for root.
program=$(dirname "$(readlink -f "$0")")/../frames
if [ "$(id -u)" = 0 ]; then
  set -- --no-sandbox --no-zygote "$@"
fi
# Electron removes this variable from the environment of a package, so its value is passed on under our name.
if [ -n "${NODE_EXTRA_CA_CERTS:-}" ] && [ -z "${FRAMES_CA_FILE:-}" ]; then
  export FRAMES_CA_FILE="$NODE_EXTRA_CA_CERTS"
fi
exec "$program" --log-level=3 "$@"
