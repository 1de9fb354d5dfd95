#!/bin/sh
# The command `frames` of packages. Chromium reads these switches before our code runs. Its own messages would mix with ours, and as
# root it refuses to start with its sandbox. Commands show no page; windows are refused for root.
program=$(dirname "$(readlink -f "$0")")/../frames
if [ "$(id -u)" = 0 ]; then
  set -- --no-sandbox --no-zygote "$@"
fi
exec "$program" --log-level=3 "$@"
