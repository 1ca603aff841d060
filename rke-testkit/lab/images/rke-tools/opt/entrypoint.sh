#!/bin/bash
# Starts a Kubernetes component in a container of the hyperkube image: prepares what the component needs of the
# host, then becomes it. Only the kubelet needs anything.
set -euo pipefail

# Mounts of other containers that were there when this container was made would keep those containers busy.
drop_foreign_mounts() {
  local root mount_point
  for root in /var/lib/docker /run /var/run; do
    while read -r mount_point; do
      umount "$mount_point" 2>/dev/null || true
    done < <(awk -v root="$root/" 'index($2, root) == 1 { print $2 }' /proc/mounts | tac)
  done
}

see_devices_of_host() { [ ! -d /host/dev ] || mount --rbind /host/dev /dev; }

make_cgroups_writable() {
  local controller
  mount -o remount,rw /sys/fs/cgroup 2>/dev/null || true
  # With cgroup v2 there is one tree, and the kubelet makes its own group there.
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] || return 0
  for controller in /sys/fs/cgroup/*/; do
    [ -L "${controller%/}" ] || mkdir -p "$controller/kubepods" 2>/dev/null || true
  done
}

let_bridges_pass_iptables() { sysctl -q -w net.bridge.bridge-nf-call-iptables=1 2>/dev/null || true; }

report_operating_system_of_host() {
  [ ! -e /host/etc/os-release ] || ln -sf /host/etc/os-release /etc/os-release
}

write_registry_credentials() {
  [ -n "${RKE_KUBELET_DOCKER_CONFIG:-}" ] || return 0
  mkdir -p "$(dirname "$RKE_KUBELET_DOCKER_FILE")"
  (umask 077 && base64 -d <<<"$RKE_KUBELET_DOCKER_CONFIG" >"$RKE_KUBELET_DOCKER_FILE")
}

docker_cgroup_driver() {
  curl --silent --max-time 10 --unix-socket /var/run/docker.sock http://docker/info |
    sed -n 's/.*"CgroupDriver":"\([a-z]*\)".*/\1/p'
}

start_kubelet() {
  local option extra=() driver
  drop_foreign_mounts
  see_devices_of_host
  make_cgroups_writable
  let_bridges_pass_iptables
  report_operating_system_of_host
  write_registry_credentials
  for option in "$@"; do
    # systemd-resolved's own stub address means nothing inside a pod.
    if [ "$option" = --resolv-conf=/etc/resolv.conf ] && pgrep -f systemd-resolved >/dev/null &&
      [ -e /run/systemd/resolve/resolv.conf ]; then
      extra+=(--resolv-conf=/run/systemd/resolve/resolv.conf)
    fi
  done
  driver=$(docker_cgroup_driver)
  [ -z "$driver" ] || extra+=(--cgroup-driver="$driver")
  [ "${RKE_KUBELET_CRIDOCKERD:-}" != true ] || start_with_cri_dockerd "$@" "${extra[@]}"
  exec "$@" "${extra[@]}"
}

# option NAME OPTION… – the value of one of the options.
option() {
  local name=$1 each
  shift
  for each in "$@"; do
    case $each in --"$name"=*) echo "${each#*=}" ;; esac
  done
}

# Both, or neither: when one ends, the container ends.
start_with_cri_dockerd() {
  local endpoint socket
  endpoint=$(option container-runtime-endpoint "$@")
  socket=${endpoint#unix://}
  rm -f "$socket"
  /opt/rke-tools/bin/cri-dockerd --network-plugin=cni --container-runtime-endpoint="$endpoint" \
    --pod-infra-container-image="$(option pod-infra-container-image "$@")" \
    --streaming-bind-addr="${CRIDOCKERD_STREAM_SERVER_ADDRESS:-127.0.0.1}:${CRIDOCKERD_STREAM_SERVER_PORT:-10010}" &
  trap 'kill $(jobs -p) 2>/dev/null' EXIT
  trap 'exit 0' TERM INT
  until [ -S "$socket" ]; do
    kill -0 $! 2>/dev/null || exit 1
    sleep 0.1
  done
  "$@" &
  wait -n
  exit 1
}

case ${1:-} in
  kubelet) start_kubelet "$@" ;;
  *) exec "$@" ;;
esac
