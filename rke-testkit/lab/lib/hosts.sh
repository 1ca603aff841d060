# shellcheck shell=bash
# The hosts: privileged containers, each with an SSH server and a Docker Engine of its own. Sourced, not run.

readonly LAB_NETWORK=$LAB_PREFIX-net
readonly LAB_KEY=$LAB_CACHE/ssh/id_ed25519
# Where hosts keep what a reset must not lose: their SSH host keys.
readonly HOST_STORE=$LAB_CACHE/hosts

host_name() { printf '%s%s' "$LAB_PREFIX" "$1"; }

# The numbers of the hosts that exist, in order.
host_numbers() {
  docker ps --all --filter "name=^/${LAB_PREFIX}[0-9]+\$" --format '{{.Names}}' | sed "s/^$LAB_PREFIX//" | sort -n
}

# each_host COMMAND [ARGUMENT…] – calls COMMAND HOST [ARGUMENT…] for every host that exists.
each_host() {
  local command=$1 number
  shift
  for number in $(host_numbers); do "$command" "$(host_name "$number")" "$@"; done
}

# Runs COMMAND HOST for all the given hosts at the same time; fails if one of them fails.
on_hosts_at_once() {
  local command=$1 host job jobs=() failed=0
  shift
  for host in "$@"; do "$command" "$host" & jobs+=($!); done
  for job in ${jobs[@]+"${jobs[@]}"}; do wait "$job" || failed=1; done
  [ "$failed" -eq 0 ] || exit 1
}

# --- network ---

# Docker gives fixed addresses only in networks whose subnet was asked for. So it first makes one of its own choice,
# which tells a subnet that is free, and that one is asked for.
ensure_network() {
  local subnet
  ! docker network inspect "$LAB_NETWORK" >/dev/null 2>&1 || return 0
  docker network create "$LAB_NETWORK" >/dev/null
  subnet=$(network_subnet)
  docker network rm "$LAB_NETWORK" >/dev/null
  docker network create --subnet "$subnet" "$LAB_NETWORK" >/dev/null
}

network_subnet() { docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' "$LAB_NETWORK"; }

# network_address K – the K-th address of the hosts' network.
network_address() {
  local base
  base=$(network_subnet)
  base=${base%/*}
  printf '%s.%s' "${base%.*}" "$1"
}

registry_address() { network_address 2; }

# Host K always has the K-th address after the tenth: the same after every reset.
address_for() { network_address "$(($1 + 10))"; }

host_address() {
  docker inspect --format "{{(index .NetworkSettings.Networks \"$LAB_NETWORK\").IPAddress}}" "$1"
}

# Name servers of the machine that a container can reach, too.
name_servers() {
  local servers
  servers=$(awk '$1 == "nameserver" && $2 !~ /^127\./ && $2 != "::1" { print $2 }' /etc/resolv.conf /run/systemd/resolve/resolv.conf 2>/dev/null |
    sort -u | tr '\n' ' ')
  # A name server that does not answer is better than none: CoreDNS does not start without one.
  printf '%s' "${servers:-$(network_address 1)}"
}

# --- keys ---

ensure_key() {
  mkdir -p "${LAB_KEY%/*}"
  [ -e "$LAB_KEY" ] || ssh-keygen -q -t ed25519 -N '' -C rke4j-lab -f "$LAB_KEY"
  chmod 600 "$LAB_KEY"
}

ensure_host_keys() {
  local folder=$HOST_STORE/$1/ssh type
  mkdir -p "$folder"
  for type in ed25519 ecdsa; do
    [ -e "$folder/ssh_host_${type}_key" ] ||
      ssh-keygen -q -t "$type" -N '' -C "root@$1" -f "$folder/ssh_host_${type}_key"
  done
}

give_keys() {
  local host=$1 folder=$HOST_STORE/$1/root
  ensure_host_keys "$host"
  rm -rf "$folder" && mkdir -p "$folder/.ssh" && chmod 700 "$folder" "$folder/.ssh"
  install -m 600 "$LAB_KEY.pub" "$folder/.ssh/authorized_keys"
  tar -C "$folder" --owner=0 --group=0 -c .ssh | docker cp - "$host:/root"
  tar -C "$HOST_STORE/$host/ssh" --owner=0 --group=0 -c . | docker cp - "$host:/etc/ssh"
}

# --- life of a host ---

create_host() {
  local host=$1 number=${1#"$LAB_PREFIX"} options=() registry=''
  [ "$PUBLISHED" = yes ] || registry=$(registry_address):5000
  [ ! -d /lib/modules ] || options+=(--volume /lib/modules:/lib/modules:ro)
  # A cgroup namespace of its own: the kubelet looks for its cgroups at the root.
  docker create --name "$host" --hostname "$host" \
    --network "$LAB_NETWORK" --ip "$(address_for "$number")" \
    --privileged --cgroupns private --tmpfs /run:exec,mode=755 \
    --volume "$host-docker:/var/lib/docker" "${options[@]}" \
    --env "LAB_REGISTRY=$registry" --env "LAB_NAMESERVERS=$(name_servers)" \
    rke4j-lab/node >/dev/null
  give_keys "$host"
}

pulls_from_internet() {
  docker container inspect --format '{{range .Config.Env}}{{println .}}{{end}}' "$1" | grep -qx 'LAB_REGISTRY='
}

exists() { docker container inspect "$1" >/dev/null 2>&1; }

is_running() { [ "$(docker container inspect --format '{{.State.Running}}' "$1" 2>/dev/null)" = true ]; }

ssh_answers() {
  local banner
  exec 8<>"/dev/tcp/$(host_address "$1")/22" && read -r -t 5 banner <&8 && [[ $banner == SSH-* ]]
}

engine_answers() { docker exec "$1" docker version; }

# In a subshell, for the connection that ssh_answers opens.
is_healthy() { is_running "$1" && (ssh_answers "$1") && engine_answers "$1"; }

ensure_host() {
  local host=$1
  if exists "$host" && is_healthy "$host" >/dev/null 2>&1; then return; fi
  exists "$host" || create_host "$host"
  docker start "$host" >/dev/null
  wait_until 60 "$host (look: docker logs $host; docker exec $host cat /var/log/docker.log; or begin anew: lab reset)" is_healthy "$host"
}

remove_host() {
  exists "$1" || return 0
  docker rm --force --volumes "$1" >/dev/null
}

# Containers and volumes go by Docker's own hand, which keeps its books in order; the rest goes with the host.
empty_engine() {
  # The kubelet first, and then all until none is left: while it dies it may still start a container of a pod, and
  # one that outlives the reset makes the next cluster's kubelet crash.
  docker exec "$1" sh -c '
    docker rm --force --volumes kubelet 2>/dev/null || true
    for _ in 1 2 3 4 5; do
      docker ps --all --quiet | xargs -r docker rm --force --volumes
      [ -n "$(docker ps --all --quiet)" ] || break
    done
    [ -z "$(docker ps --all --quiet)" ] || exit 1
    docker volume ls --quiet | xargs -r docker volume rm --force
    docker network prune --force' >/dev/null
}

reset_host() {
  local host=$1 PUBLISHED=no
  ! pulls_from_internet "$host" || PUBLISHED=yes
  if is_running "$host" && engine_answers "$host" >/dev/null 2>&1 && empty_engine "$host"; then
    docker stop --time 10 "$host" >/dev/null
    remove_host "$host"
  else
    say "the Docker Engine of $host does not answer: its images go, too"
    remove_host "$host"
    docker volume rm --force "$host-docker" >/dev/null
  fi
  ensure_host "$host"
}

# An image that was built anew is to be pulled anew, too; unless it is in use.
forget_image() { docker exec "$1" docker rmi "$2" >/dev/null 2>&1 || true; }

pull_image() { docker exec "$1" docker pull --quiet "$2" >/dev/null; }

pull_on_host() {
  local host=$1
  for_each_image pull_image "$host"
}

# --- commands ---

show_host() { printf '%s=%s\n' "$1" "$(host_address "$1")"; }

known_hosts_of() {
  local address
  address=$(host_address "$1")
  docker exec "$1" sh -c 'cat /etc/ssh/ssh_host_*_key.pub' | awk -v address="$address" '{ print address, $1, $2 }'
}

show_status() {
  local host=$1 state=stopped
  if is_running "$host"; then
    state=ailing
    if is_healthy "$host" >/dev/null 2>&1; then
      state="healthy, $(docker exec "$host" sh -c 'docker ps -q | wc -l') containers, $(docker exec "$host" sh -c 'docker images -q | wc -l') images"
    fi
  fi
  printf '%s  %s  %s\n' "$host" "$(address_for "${host#"$LAB_PREFIX"}")" "$state"
}
