# shellcheck shell=bash
# The images: built on this machine from Debian packages, Debian's source packages and Go modules, and pushed to
# the lab's registry under the names that RKE knows. Sourced, not run.
#
# images/<folder>/ holds what makes one image:
#   Dockerfile       how the image is put together; its base is rke4j-lab/base
#   build-binaries   optional: makes the programs that the Dockerfile copies from bin/; images that share their
#                    programs have it in the folder above them
#   src/             optional: source text that build-binaries compiles
# Programs are kept by the hash of build-binaries and src, images by the hash of the whole folder, the base and the
# programs: a changed Dockerfile does not compile Kubernetes again.

readonly IMAGES_HOME=$LAB_HOME/images
readonly MADE=$LAB_CACHE/made

# Calls COMMAND NAME FOLDER MADE-FROM for every line of the catalogue.
for_each_image() {
  local name folder made_from
  while read -r name folder made_from <&3; do
    case $name in '' | '#'*) continue ;; esac
    "$@" "$name" "$folder" "$made_from"
  done 3<"$IMAGES_HOME/catalogue"
}

is_made() { [ "$(cat "$MADE/$1" 2>/dev/null)" = "$2" ]; }

note_made() { mkdir -p "$(dirname "$MADE/$1")" && echo "$2" >"$MADE/$1"; }

# in_scratch_folder NAME COMMAND… – runs the command in a new empty folder and removes that afterwards.
in_scratch_folder() {
  local scratch=$LAB_CACHE/scratch/$1
  shift
  rm -rf "$scratch" && mkdir -p "$scratch"
  (cd "$scratch" && "$@")
  chmod -R u+w "$scratch" && rm -rf "$scratch"
}

ensure_base_image() {
  local hash
  hash=$(recipe_hash "$IMAGES_HOME/base")
  is_made base "$hash" && docker image inspect rke4j-lab/base >/dev/null 2>&1 && return
  say "making the Debian base image"
  in_scratch_folder base quietly base "$IMAGES_HOME/base/build-base" rke4j-lab/base
  note_made base "$hash"
}

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
  rm -rf "$LAB_CACHE/binaries/$home" && mkdir -p "$target.unfinished"
  BUILD_TOOLS=$LAB_HOME/lib/build-tools.sh in_scratch_folder "$home-binaries" \
    quietly "$home-binaries" "$IMAGES_HOME/$home/build-binaries" "$target.unfinished"
  mv "$target.unfinished" "$target"
}

# docker_build IMAGE BINARIES FOLDER… – from the folders' files and, as bin/, the programs; run in a scratch folder.
docker_build() {
  local image=$1 binaries=$2 folder
  shift 2
  for folder in "$@"; do cp -a "$folder/." .; done
  [ -z "$binaries" ] || cp -al "$binaries" bin
  # The host's network, so that apt in the image reaches whatever apt on the machine reaches.
  DOCKER_BUILDKIT=0 docker build --network host --force-rm --tag "$image" .
}

image_hash() {
  local parts=("$IMAGES_HOME/base" "$IMAGES_HOME/$1")
  printf '%s %s' "$(recipe_hash "${parts[@]}")" "$(image_binaries "$1")"
}

# The folder with an image's programs; empty if it has none.
image_binaries() { [ -z "$(binaries_home "$1")" ] || binaries_folder "$1"; }

# An image of the catalogue: built, and in the registry.
ensure_image() {
  local name=$1 folder=$2 hash
  hash=$(image_hash "$folder")
  is_made "$folder" "$name $hash" && in_registry "$name" && return
  timed "$name" build_and_push "$name" "$folder"
  note_made "$folder" "$name $hash"
}

build_and_push() {
  local name=$1 folder=$2
  ensure_binaries "$folder"
  say "building $name"
  in_scratch_folder "$folder" quietly "$folder" \
    docker_build "$name" "$(image_binaries "$folder")" "$IMAGES_HOME/$folder"
  push_to_registry "$name"
  each_host forget_image "$name"
}

# build_local_image NAME FOLDER… – an image that the lab uses itself, on this machine only.
build_local_image() {
  local name=$1 hash
  shift
  hash=$(recipe_hash "$IMAGES_HOME/base" "$@")
  is_made "$name" "$hash" && docker image inspect "rke4j-lab/$name" >/dev/null 2>&1 && return
  say "building the $name image"
  in_scratch_folder "$name" quietly "$name" docker_build "rke4j-lab/$name" "" "$@"
  note_made "$name" "$hash"
}

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
