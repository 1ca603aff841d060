# shellcheck shell=bash
# The images: built on this machine from Debian packages, Debian's source packages and Go modules, and pushed to
# the lab's registry under the names that RKE knows. Sourced, not run.
#
# images/<folder>/ holds what makes one image:
#   Dockerfile       how the image is put together; its base is rke4j-lab/base
#   based-on         optional: another folder, whose files are there, too, unless this one has its own
#   build-binaries   optional: makes the programs that the Dockerfile copies from bin/; images that share their
#                    programs have it in the folder above them
#   src/             optional: source text that build-binaries compiles
# Programs are kept by the hash of build-binaries and src, images by the hash of the whole folder, the base and the
# programs: a changed Dockerfile does not compile Kubernetes again. And nothing is thrown away before `lab prune`, so
# that two checkouts with different recipes on one machine do not undo each other's work.

readonly IMAGES_HOME=$LAB_HOME/images
# There once the images of the newest Kubernetes were asked for.
readonly NEWEST_WANTED=$LAB_CACHE/newest
# Where the build scripts find what they share.
export BUILD_TOOLS=$LAB_HOME/lib/build-tools.sh

# Calls COMMAND NAME FOLDER MADE-FROM for every line of the catalogue, and of those that were asked for.
for_each_image() {
  for_each_line catalogue "$@"
  [ ! -e "$NEWEST_WANTED" ] || for_each_line catalogue-newest "$@"
}

for_each_line() {
  local catalogue=$1 name folder made_from
  shift
  while read -r name folder made_from <&3; do
    case $name in '' | '#'*) continue ;; esac
    "$@" "$name" "$folder" "$made_from"
  done 3<"$IMAGES_HOME/$catalogue"
}

# in_scratch_folder NAME COMMAND… – runs the command in a new empty folder and removes that afterwards.
in_scratch_folder() {
  local scratch=$LAB_CACHE/scratch/$1
  shift
  rm -rf "$scratch" && mkdir -p "$scratch"
  (cd "$scratch" && "$@")
  chmod -R u+w "$scratch" && rm -rf "$scratch"
}

# --- images on this machine: rke4j-lab/<name>, tagged with the hash of their recipe; the current one also `latest` ---

have_image() { docker image inspect "$1" >/dev/null 2>&1; }

# use_image NAME HASH – makes an image that is there already the current one; fails if it is not there.
use_image() { have_image "rke4j-lab/$1:$2" && docker tag "rke4j-lab/$1:$2" "rke4j-lab/$1:latest"; }

ensure_base_image() {
  local hash
  hash=$(recipe_hash "$IMAGES_HOME/base")
  if use_image base "$hash"; then return; fi
  say "making the Debian base image"
  in_scratch_folder base quietly base "$IMAGES_HOME/base/build-base" "rke4j-lab/base:$hash"
  use_image base "$hash"
}

# build_local_image NAME FOLDER… – an image that the lab uses itself.
build_local_image() {
  local name=$1 hash
  shift
  hash=$(recipe_hash "$IMAGES_HOME/base" "$@")
  if use_image "$name" "$hash"; then return; fi
  say "building the $name image"
  in_scratch_folder "$name" quietly "$name" docker_build "rke4j-lab/$name:$hash" "" "$@"
  use_image "$name" "$hash"
}

# --- programs ---

# The folder whose build-binaries serves an image: its own or, where images share one, that above it. Empty: none.
binaries_home() {
  local folder
  for folder in "$1" "${1%/*}"; do
    if [ -e "$IMAGES_HOME/$folder/build-binaries" ]; then
      printf '%s' "$folder"
      return
    fi
  done
}

# Where the programs of an image are kept, by the hash of what makes them.
binaries_folder() {
  local home recipe
  home=$(binaries_home "$1")
  recipe=("$IMAGES_HOME/$home/build-binaries")
  [ ! -d "$IMAGES_HOME/$home/src" ] || recipe+=("$IMAGES_HOME/$home/src")
  printf '%s' "$LAB_CACHE/binaries/$home/$(recipe_hash "${recipe[@]}")"
}

ensure_binaries() {
  local home target
  home=$(binaries_home "$1")
  [ -n "$home" ] || return 0
  target=$(binaries_folder "$1")
  [ ! -d "$target" ] || return 0
  say "compiling $home"
  rm -rf "$target.unfinished" && mkdir -p "$target.unfinished"
  in_scratch_folder "$home-binaries" \
    quietly "$home-binaries" "$IMAGES_HOME/$home/build-binaries" "$target.unfinished"
  mv "$target.unfinished" "$target"
}

# docker_build IMAGE BINARIES FOLDER… – from the folders' files and, as bin/, the programs; run in a scratch folder.
docker_build() {
  local image=$1 binaries=$2 folder
  shift 2
  for folder in "$@"; do cp -a "$folder/." . || return; done
  [ -z "$binaries" ] || cp -al "$binaries" bin || return
  # The host's network, so that apt in the image reaches whatever apt on the machine reaches.
  DOCKER_BUILDKIT=0 docker build --network host --force-rm --tag "$image" .
}

# --- images of the catalogue ---

# The folder with an image's programs; empty if it has none.
image_binaries() { [ -z "$(binaries_home "$1")" ] || binaries_folder "$1"; }

# The folders whose files make an image, the later before the earlier.
image_folders() {
  local based_on=$IMAGES_HOME/$1/based-on
  [ ! -e "$based_on" ] || image_folders "$(cat "$based_on")"
  echo "$IMAGES_HOME/$1"
}

image_hash() {
  local folders
  mapfile -t folders < <(image_folders "$1")
  { recipe_hash "$IMAGES_HOME/base" "${folders[@]}" && image_binaries "$1"; } | sha256sum | cut -c1-16
}

# An image of the catalogue: built, and in the registry.
ensure_image() {
  local name=$1 folder=$2 hash
  hash=$(image_hash "$folder")
  is_in_registry "$name" "$hash" || timed "$name" build_and_push "$name" "$folder" "$hash"
}

build_and_push() {
  local name=$1 folder=$2 hash=$3 folders
  if ! have_image "rke4j-lab/$folder:$hash"; then
    ensure_binaries "$folder"
    say "building $name"
    mapfile -t folders < <(image_folders "$folder")
    in_scratch_folder "$folder" quietly "$folder" \
      docker_build "rke4j-lab/$folder:$hash" "$(image_binaries "$folder")" "${folders[@]}"
  fi
  push_to_registry "rke4j-lab/$folder:$hash" "$name" "$hash"
  each_host forget_image "$name"
}

# bring IMAGE… – images of the machine's Docker Engine go into the registry as they are, for what the lab cannot make.
bring() {
  local image
  [ $# -gt 0 ] || die "which images? lab bring NAME:TAG…"
  require_docker
  take_lock
  ensure_registry
  for image in "$@"; do
    ! makes "$image" || die "the lab makes $image itself"
    have_image "$image" || die "the machine's Docker Engine has no image $image"
    push_to_registry "$image" "$image" brought
    each_host forget_image "$image"
  done
}

makes() { grep -qxF "$1" <<<"$(for_each_image print_name)"; }

print_name() { echo "$1"; }

# missing IMAGE… – prints those that the registry cannot give to the hosts.
missing() { local image; for image in "$@"; do is_served "$image" || echo "$image"; done; }

# kubectl for the machine: the very one that the images have.
expose_kubectl() {
  local kubectl
  kubectl=$(binaries_folder hyperkube)/kubectl
  [ -e "$kubectl" ] || return 0
  mkdir -p "$LAB_CACHE/bin"
  ln -sf "$kubectl" "$LAB_CACHE/bin/kubectl"
  [ -e /usr/local/bin/kubectl ] || ln -sf "$LAB_CACHE/bin/kubectl" /usr/local/bin/kubectl
}

list_image() { printf '%-64s %s\n' "$1" "$3"; }

our_images() {
  docker image ls --filter 'reference=rke4j-lab/*' --filter 'reference=rke4j-lab/*/*' \
    --format '{{.Repository}}:{{.Tag}} {{.ID}}'
}

# Forgets the images that the recipes of this checkout do not make; those of the lab's own use are tagged `latest`.
prune_images() {
  local wanted image id
  wanted=$(our_images | sed -n 's/.*:latest //p' && for_each_image print_image_tag)
  while read -r image id; do
    grep -qxF -e "$id" -e "$image" <<<"$wanted" || docker rmi --force "$image" >/dev/null
  done < <(our_images)
  docker image prune --force >/dev/null
}

print_image_tag() { printf 'rke4j-lab/%s:%s\n' "$2" "$(image_hash "$2")"; }

prune_binaries() {
  local kept folder
  kept=$(for_each_image print_binaries)
  while read -r folder; do
    grep -qx "$folder" <<<"$kept" || rm -rf "$folder"
  done < <(find "$LAB_CACHE/binaries" -type d -regextype posix-extended -regex '.*/[0-9a-f]{16}' -prune)
}

print_binaries() { image_binaries "$2" && echo; }
