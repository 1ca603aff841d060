# Installs Docker Engine where there is none, starts it, and lets the account use it. Run as root.
# $1: distribution or script  $2: version or ''  $3: url  $4: its SHA-256  $5: the account
# Exit codes: 75 trying again may help, 76 not this distribution, 77 no such version, 78 another script than meant.
set -u
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
way=$1 version=$2 url=$3 sum=$4 account=$5
export DEBIAN_FRONTEND=noninteractive

apt_install() {
  apt-get install -q --yes --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold "$@"
}

from_distribution() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "this system has no apt-get"
    exit 76
  fi
  apt-get update -q || exit 75
  package=docker.io
  if [ -n "$version" ]; then
    found=$(apt-cache madison docker.io | awk -F'|' '{ gsub(/ /, "", $2); print $2 }' |
      while read -r one; do case $one in "$version"*) echo "$one"; break ;; esac done)
    if [ -z "$found" ]; then
      echo "there is no docker.io $version; there is:"
      apt-cache madison docker.io
      exit 77
    fi
    package=docker.io=$found
  fi
  apt_install "$package" iptables ca-certificates || exit 75
}

from_script() {
  file=$(mktemp) || exit 1
  trap 'rm -f "$file"' EXIT
  if ! command -v curl >/dev/null 2>&1 && ! command -v wget >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    apt-get update -q && apt_install curl ca-certificates || exit 75
  fi
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL -o "$file" "$url" || exit 75
  elif command -v wget >/dev/null 2>&1; then
    wget -qO "$file" "$url" || exit 75
  else
    echo "this system has neither curl nor wget"
    exit 76
  fi
  if ! echo "$sum  $file" | sha256sum -c - >/dev/null 2>&1; then
    echo "the checksum is $(sha256sum <"$file" | cut -d' ' -f1)"
    exit 78
  fi
  VERSION=$version sh "$file" </dev/null || exit 1
}

if ! command -v dockerd >/dev/null 2>&1; then
  case $way in
    distribution) from_distribution ;;
    script) from_script ;;
  esac
fi
if ! command -v dockerd >/dev/null 2>&1; then
  echo "there is no dockerd"
  exit 1
fi
if [ "$account" != root ]; then
  getent group docker >/dev/null || groupadd docker || exit 1
  usermod -aG docker "$account" || exit 1
fi
if [ -d /run/systemd/system ]; then
  systemctl enable --now docker
else
  service docker status >/dev/null 2>&1 || service docker start
fi
