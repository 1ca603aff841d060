# shellcheck shell=bash
# The machine the lab runs on: its packages, its kernel settings, its Docker daemon. Sourced, not run.

readonly LAB_RUNTIME=$LAB_HOME/runtime-shim/lab-runc

# What the lab itself calls. Build tools are among them, since the images are built on the machine.
readonly MACHINE_PACKAGES=(
  ca-certificates curl debootstrap docker.io dpkg-dev gcc golang-1.19-go iptables jq libc6-dev make openssh-client openssl
  procps rsync
)

check_machine() {
  [ "$(id -u)" -eq 0 ] || die "must run as root: it starts a Docker daemon and privileged containers"
  [ "$(. /etc/os-release && echo "${ID:-}${VERSION_ID:-}")" = debian12 ] ||
    die "needs Debian 12, since the images are built from its packages"
}

has_package() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

install_packages() {
  local package missing=()
  for package in "${MACHINE_PACKAGES[@]}"; do
    has_package "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  quietly apt-update apt-get update
  # A package's own service must not start by itself: the lab starts Docker with the settings it needs.
  quietly apt-install env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install --yes --no-install-recommends "${missing[@]}"
}

# Bit 24 of the bounding set; see runtime-shim/lab-runc for what hangs on it.
lacks_sys_resource() {
  local bounding
  bounding=$(sed -n 's/^CapBnd:\s*//p' /proc/self/status)
  (((0x$bounding >> 24 & 1) == 0))
}

# Settings that only the machine can make for the hosts in its containers. All best effort: a container that
# needs one and lacks it says so itself.
tune_kernel() {
  raise_setting /proc/sys/fs/inotify/max_user_instances 8192
  raise_setting /proc/sys/fs/inotify/max_user_watches 524288
  # kube-proxy wants exactly this number (32768 a core, at least 131072) and may not write it from within a
  # container's network namespace. If it is already there, it is content.
  local conntrack=$((32768 * $(nproc)))
  [ "$conntrack" -ge 131072 ] || conntrack=131072
  raise_setting /sys/module/nf_conntrack/parameters/hashsize $((conntrack / 4))
  write_setting /proc/sys/net/netfilter/nf_conntrack_max "$conntrack"
}

raise_setting() {
  [ ! -r "$1" ] || [ "$(<"$1")" -ge "$2" ] || write_setting "$1" "$2"
}

write_setting() {
  [ ! -e "$1" ] || [ "$(<"$1")" = "$2" ] || { echo "$2" >"$1"; } 2>/dev/null || say "cannot set $1 to $2, going on"
}

docker_answers() { docker version >/dev/null 2>&1; }

ensure_docker() {
  docker_answers || start_docker
  if lacks_sys_resource && [ "$(docker info --format '{{.DefaultRuntime}}')" != lab-runc ]; then
    die "root lacks CAP_SYS_RESOURCE here, and the running Docker daemon does not use the lab's runtime" \
      "either stop that daemon (the lab then starts its own) or give it these options:" \
      "--add-runtime lab-runc=$LAB_RUNTIME --default-runtime lab-runc"
  fi
}

start_docker() {
  say "starting the Docker daemon"
  if [ -d /run/systemd/system ] && ! lacks_sys_resource; then
    systemctl start docker
  else
    start_docker_without_systemd
  fi
  wait_until 30 "the Docker daemon (its log: $LAB_CACHE/log/dockerd.log)" docker_answers
}

# The daemons take a pid file for a sign of life whose process exists, be it another program by now.
remove_stale_pid_file() {
  local file=$1 program=$2
  [ -e "$file" ] || return 0
  case $(readlink "/proc/$(<"$file")/exe" || true) in */"$program") ;; *) rm -f "$file" ;; esac
}

start_docker_without_systemd() {
  local options=()
  remove_stale_pid_file /var/run/docker.pid dockerd
  remove_stale_pid_file /var/run/docker/containerd/containerd.pid containerd
  if lacks_sys_resource; then
    # The checkout may move or go away while the daemon lives: it gets a copy.
    install -D -m 755 "$LAB_RUNTIME" /usr/local/libexec/rke4j-lab/lab-runc
    options=(--add-runtime lab-runc=/usr/local/libexec/rke4j-lab/lab-runc --default-runtime lab-runc)
  fi
  mkdir -p "$LAB_CACHE/log"
  # Containers inherit these limits where they ask for none of their own. Unlimited is no good: programs that
  # make a table of all possible files then fail.
  (
    ulimit -n 1048576 2>/dev/null || true
    exec setsid dockerd "${options[@]}" >>"$LAB_CACHE/log/dockerd.log" 2>&1 </dev/null 9>&-
  ) &
}
