#!/usr/bin/env bash
# Measures FlowApps beside others in the same hour on the same machine: bench/beside.sh PEERS [RESULTS]
# PEERS is a folder with run-floor.sh, run-node-peers.sh and package.json (what each needs says its README); RESULTS gets the rows of everybody.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
[ -f "${1:-}/run-floor.sh" ] || { echo "beside.sh: the first argument is the folder of the peers, with run-floor.sh in it." >&2; exit 1; }
peers="$(cd "$1" && pwd)"
mkdir -p "${2:-bench-results}"
results="$(cd "${2:-bench-results}" && pwd)"
export WORK="$results" LOCK="flock $results/bench.lock" NODE="${NODE:-$(command -v node)}"
export PGHOST="${PGHOST:-127.0.0.1}" PGPORT="${PGPORT:-5432}" PGUSER="${PGUSER:-postgres}"
[ "$("$NODE" -p 'typeof Promise.withResolvers')" = function ] || { echo "beside.sh: Restate's and DBOS's handlers need Node.js 22 or newer; NODE names it (now $("$NODE" --version))." >&2; exit 1; }
psql -qtAc 'select 1' postgres >/dev/null || { echo "beside.sh: the floor needs a PostgreSQL server of its own at PGHOST, PGPORT and PGUSER." >&2; exit 1; }

mkdir -p "$WORK/node"
[ -d "$WORK/node/node_modules/@restatedev" ] || { cp "$peers/package.json" "$WORK/node/" && (cd "$WORK/node" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error); }

"$peers/run-floor.sh"
"$peers/run-node-peers.sh" restate
"$peers/run-node-peers.sh" dbos
"$root/flowapps" bench --seconds 8 --json "$results/flowapps.json"
"$root/flowapps" bench growth --growth 1000000 --seconds 8 --json "$results/flowapps-growth.json"
