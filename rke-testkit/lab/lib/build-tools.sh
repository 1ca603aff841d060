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
