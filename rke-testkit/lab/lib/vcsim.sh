# shellcheck shell=bash
# The simulators of vSphere that tests of rke-vsphere start: ours around govmomi's, see vcsim/src. Sourced, not run.

# The oldest Go that its module asks for.
readonly VCSIM_GO=1.25

# Compiles it unless that is done, and prints where it is. The path tells govmomi's version and the recipe's hash.
vcsim() {
  local source=$LAB_HOME/vcsim/src version target found
  version=$(sed -nE 's#^require github.com/vmware/govmomi (v.*)#\1#p' "$source/go.mod")
  target=$LAB_CACHE/vcsim/$version-$(recipe_hash "$source")/vcsim
  if [ ! -x "$target" ]; then
    found=$(GOTOOLCHAIN=local go version 2>/dev/null | sed -E 's/^go version go([0-9]+\.[0-9]+).*/\1/')
    [ "$(printf '%s\n' "$VCSIM_GO" "${found:-0}" | sort -V | head -n 1)" = "$VCSIM_GO" ] ||
      die "vcsim needs Go $VCSIM_GO or newer on the PATH; found: ${found:-none}"
    say "compiling vcsim $version"
    mkdir -p "${target%/*}"
    timed vcsim quietly vcsim compile_vcsim "$source" "$target.$$"
    # At once or not at all: another checkout may do the same.
    mv "$target.$$" "$target"
  fi
  echo "$target"
}

compile_vcsim() {
  cd "$1" && CGO_ENABLED=0 GOTOOLCHAIN=local go build -buildvcs=false -trimpath -ldflags '-s -w' -o "$2" .
}

# The same around the older govmomi that Debian packages: a second opinion.
vcsim_debian() {
  local source=$LAB_HOME/vcsim/src packages=(golang-github-vmware-govmomi-dev golang-github-google-uuid-dev) version target
  version=$(apt-cache show "${packages[0]}" 2>/dev/null | sed -nE 's/^Version: (.*)/\1/p' | head -n 1)
  target=$LAB_CACHE/vcsim-debian/${version:-unknown}-$(recipe_hash "$source")/vcsim
  if [ ! -x "$target" ]; then
    say "compiling Debian's vcsim $version"
    mkdir -p "${target%/*}"
    timed vcsim-debian in_scratch_folder vcsim-debian \
      quietly vcsim-debian compile_vcsim_debian "$source" "$target.$$" "${packages[@]}"
    mv "$target.$$" "$target"
  fi
  echo "$target"
}

# The packages are unpacked here and not installed: they are of no use to the machine.
compile_vcsim_debian() {
  local source=$1 target=$2 package
  shift 2
  apt-get download -o APT::Sandbox::User=root "$@"
  for package in *.deb; do dpkg-deb --extract "$package" .; done
  mkdir main
  cp "$source"/*.go main/
  cd main
  CGO_ENABLED=0 GO111MODULE=off GOPATH=${PWD%/main}/usr/share/gocode \
    go build -tags debian -buildvcs=false -trimpath -ldflags '-s -w' -o "$target" .
}
