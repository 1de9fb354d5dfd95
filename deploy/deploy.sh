#!/bin/sh
# Brings the servers of compose.yml to the image of a commit, one after the other, so that none of the requests is refused.
# An earlier commit rolls back. Run it in the folder with compose.yml, on the computer that runs the containers:
#   deploy.sh COMMIT
set -eu
commit=${1:?usage: deploy.sh COMMIT}
cd "$(dirname "$0")"
engine=${ENGINE:-docker}
compose=${COMPOSE:-docker compose}
longest=60

say() { echo "deploy: $*"; }

# Waits until a command in a container succeeds.
wait_for() {
  container=$1
  shift
  waited=0
  until "$engine" exec "$container" "$@" >/dev/null 2>&1; do
    waited=$((waited + 1))
    if [ "$waited" -gt "$longest" ]; then
      "$engine" logs --tail 20 "$container" >&2
      say "$container is not ready after $longest seconds. Roll back with: deploy.sh ${previous:-COMMIT}" >&2
      exit 1
    fi
    sleep 1
  done
}

# The commit whose image runs, and the one that ran before, are in .env; everything else there stays.
set_environment() {
  grep -v '^GIT_SHA=' .env >.env.new || true
  echo "GIT_SHA=$1" >>.env.new
  mv .env.new .env
}

image=$(sed -n 's/^FRAMES_IMAGE=//p' .env)
previous=$(sed -n 's/^GIT_SHA=//p' .env)
say "from ${previous:-nothing} to $commit"

# An image of a commit never changes.
"$engine" image inspect "$image:$commit" >/dev/null 2>&1 || "$engine" pull "$image:$commit"
set_environment "$commit"

$compose up -d --no-deps database
wait_for frames-database pg_isready --host=127.0.0.1
say 'migrating'
if ! $compose run --rm --no-deps -T migrate; then
  [ -z "$previous" ] || set_environment "$previous"
  say 'the migration failed; the servers still run the version before' >&2
  exit 1
fi

for server in server-a server-b; do
  say "replacing $server"
  # Its requests end first: it says that it is not ready for FRAMES_DRAIN_SECONDS.
  "$engine" stop -t 60 "frames-$server" >/dev/null 2>&1 || true
  "$engine" rm "frames-$server" >/dev/null 2>&1 || true
  $compose up -d --no-deps "$server"
  wait_for "frames-$server" node /app/out/server/healthcheck.js
done

# The version before stays for rolling back.
"$engine" images --filter label=org.opencontainers.image.title='FRAMES server' --format '{{.Repository}}:{{.Tag}}' |
  grep "^$image:" | grep -v -e ":$commit\$" -e ":${previous:-$commit}\$" |
  while read -r old; do "$engine" rmi "$old" || true; done
say "runs $commit"
