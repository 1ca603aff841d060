# shellcheck shell=bash
# The registry that serves the images to the hosts: Debian's docker-registry in a container. Sourced, not run.
#
# It listens on the machine's loopback, for pushing, and joins the hosts' network, for pulling. The hosts have it
# as their mirror of docker.io, so they pull an image under its real name and get ours.

readonly LAB_REGISTRY=rke4j-lab-registry
readonly LAB_REGISTRY_PORT=${RKE4J_LAB_REGISTRY_PORT:-5577}
readonly REGISTRY_STORE=$LAB_CACHE/registry

registry_answers() { curl --silent --fail --max-time 2 --noproxy '*' "http://127.0.0.1:$LAB_REGISTRY_PORT/v2/"; }

ensure_registry() {
  local wanted running
  build_local_image registry "$IMAGES_HOME/registry"
  wanted=$(docker image inspect --format '{{.Id}}' rke4j-lab/registry)
  running=$(docker container inspect --format '{{.Image}}' "$LAB_REGISTRY" 2>/dev/null || true)
  [ "$wanted" = "$running" ] || replace_registry
  docker start "$LAB_REGISTRY" >/dev/null
  wait_until 20 "the registry" registry_answers
}

# A new registry container takes the place of the old one in all networks.
replace_registry() {
  local networks network address
  networks=$(docker container inspect --format '{{range $name, $end := .NetworkSettings.Networks}}{{$name}} {{$end.IPAddress}}
{{end}}' "$LAB_REGISTRY" 2>/dev/null || true)
  docker rm --force "$LAB_REGISTRY" >/dev/null 2>&1 || true
  mkdir -p "$REGISTRY_STORE"
  docker create --name "$LAB_REGISTRY" --restart unless-stopped \
    --publish "127.0.0.1:$LAB_REGISTRY_PORT:5000" \
    --volume "$REGISTRY_STORE:/var/lib/docker-registry" rke4j-lab/registry >/dev/null
  while read -r network address; do
    case $network in '' | bridge) ;; *) docker network connect --ip "$address" "$network" "$LAB_REGISTRY" ;; esac
  done <<<"$networks"
}

# The registry's address in the hosts' network: always the second one, so that it never changes for a host.
join_registry_to_network() {
  local network=$1 address=$2
  docker network inspect --format '{{range .Containers}}{{println .Name}}{{end}}' "$network" |
    grep -qx "$LAB_REGISTRY" || docker network connect --ip "$address" "$network" "$LAB_REGISTRY"
}

# Which recipe made what the registry has under a name.
pushed_note() { printf '%s' "$LAB_CACHE/pushed/$(tr '/:' '--' <<<"$1")"; }

is_in_registry() { [ "$(cat "$(pushed_note "$1")" 2>/dev/null)" = "$2" ] && is_served "$1"; }

is_served() {
  local name=${1%:*} tag=${1##*:}
  [ -e "$REGISTRY_STORE/docker/registry/v2/repositories/$name/_manifests/tags/$tag/current/link" ]
}

# push_to_registry IMAGE NAME HASH
push_to_registry() {
  local image=$1 name=$2 hash=$3
  local here=127.0.0.1:$LAB_REGISTRY_PORT/$name
  docker tag "$image" "$here"
  quietly "push-$(tr '/:' '--' <<<"$name")" docker push "$here"
  docker rmi "$here" >/dev/null
  mkdir -p "$LAB_CACHE/pushed" && echo "$hash" >"$(pushed_note "$name")"
}
