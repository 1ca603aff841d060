# shellcheck shell=bash
# What the build-binaries scripts share; they find this file in $BUILD_TOOLS. Sourced, not run.

# One Go for all, the one of Debian 12: it builds every one of these modules, and the machine's own may be too new
# for them. How modules are reached (GOPROXY and the like) is as the machine's `go env` says.
export GOROOT=/usr/lib/go-1.19 PATH=/usr/lib/go-1.19/bin:$PATH
export GOTOOLCHAIN=local GOFLAGS=-buildvcs=false CGO_ENABLED=0

# debian_mirrors FORMAT – a line for each place where this machine gets Debian packages from, in apt's format.
debian_mirrors() {
  local targets=(apt-get indextargets --format "$1" 'Created-By: Packages' 'Origin: Debian')
  # apt knows the origin only of what it has looked at.
  [ -n "$("${targets[@]}")" ] || apt-get update >&2
  "${targets[@]}" | sort -u
}

# debian_source PACKAGE – unpacks the newest source package into the current folder.
debian_source() {
  local package=$1 lists=$PWD/apt-lists
  mkdir -p "$lists/partial"
  # apt's own sources often have no deb-src lines; the mirrors have the sources all the same.
  # shellcheck disable=SC2016  # the names in brackets are apt's
  debian_mirrors 'deb-src $(REPO_URI) $(CODENAME) $(COMPONENT)' >sources.list
  local options=(
    -o "Dir::Etc::SourceList=$PWD/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$lists" -o APT::Sandbox::User=root
  )
  apt-get "${options[@]}" update
  apt-get "${options[@]}" source "$package"
}

# install_module FOLDER PACKAGE@VERSION [LINKER-FLAGS] – compiles a program of a Go module into the folder.
install_module() {
  local folder=$1 package=$2 flags=${3:-}
  GOBIN=$folder go install -trimpath -ldflags "-s -w $flags" "$package"
}

# use_go_of_machine – for programs that Debian's Go is too old for.
use_go_of_machine() {
  unset GOROOT
  export PATH=${PATH#/usr/lib/go-1.19/bin:}
  local found
  found=$(go version 2>/dev/null | sed -E 's/^go version go([0-9]+\.[0-9]+).*/\1/')
  if [ "$(printf '%s\n' 1.22 "${found:-0}" | sort -V | head -n 1)" != 1.22 ]; then
    echo "this needs Go 1.22 or newer on the machine's PATH; found: ${found:-none}" >&2
    exit 1
  fi
}

# kubernetes_module NAME VERSION GO – makes the current folder a module that may use all of that Kubernetes: what
# Kubernetes replaces in its own go.mod, others have to replace, too.
kubernetes_module() {
  local name=$1 version=$2 go=$3 theirs
  theirs=$(go mod download -json "k8s.io/kubernetes@v$version" | jq -r .GoMod)
  {
    printf 'module %s\n\ngo %s\n\nrequire k8s.io/kubernetes v%s\n' "$name" "$go" "$version"
    sed -nE "s#^[[:space:]]*(k8s.io/[a-z0-9.-]+) => ./staging.*#replace \\1 => \\1 v0.${version#1.}#p" "$theirs"
    sed -nE '/=> \.\/staging/d; s#^[[:space:]]*([a-z0-9.]+/[^ ]+ => [^ ]+ v.*)#replace \1#p' "$theirs"
  } >go.mod
  export GOFLAGS="$GOFLAGS -mod=mod"
}
