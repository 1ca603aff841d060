# shellcheck shell=bash
# What every part of the lab uses: messages, timing, recipe hashes, the lock. Sourced, not run.

readonly LAB_CACHE=${RKE4J_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/rke4j-lab}
# shellcheck disable=SC2034  # the other parts use it
readonly LAB_PREFIX=${RKE4J_LAB_PREFIX:-rke4j-node}

# Everything for people goes to stderr: stdout belongs to what scripts read.
say() { printf 'lab: %s\n' "$*" >&2; }

die() {
  printf 'lab: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '     %s\n' "$line" >&2; done
  exit 1
}

# timed LABEL COMMAND… – runs the command and says how long it took, unless it was nothing.
timed() {
  local label=$1 start=$SECONDS
  shift
  "$@"
  local took=$((SECONDS - start))
  [ "$took" -eq 0 ] || say "$label: ${took} s"
}

# quietly NAME COMMAND… – runs a chatty command with its output in a log file; shows the end of it only on failure.
quietly() {
  local log=$LAB_CACHE/log/$1.log status=0
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] && return
  tail -n 30 "$log" >&2
  die "failed: $*" "the whole output is in $log"
}

# recipe_hash PATH… – a hash of the files' names and contents, so that a changed recipe is seen.
recipe_hash() {
  local path
  for path in "$@"; do
    (cd "$(dirname "$path")" && find "$(basename "$path")" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
  done | sha256sum | cut -c1-16
}

# wait_until SECONDS WHAT COMMAND… – polls the command until it succeeds.
wait_until() {
  local limit=$1 what=$2 deadline
  shift 2
  deadline=$((SECONDS + limit))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || die "waited $limit s in vain for $what"
    sleep 0.1
  done
}

# Two `lab setup` at the same time would build everything twice and into the same place: the second one waits.
# The lock is on a file descriptor that children inherit, so a daemon that we start must close it (9>&-).
take_lock() {
  mkdir -p "$LAB_CACHE"
  exec 9>"$LAB_CACHE/lock"
  flock --nonblock 9 && return
  say "another lab command is at work, waiting for it"
  flock 9
}
