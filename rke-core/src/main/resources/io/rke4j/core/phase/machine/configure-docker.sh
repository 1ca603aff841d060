# Places files of Docker Engine and has it start with them. Run as root. Standard input: lines of name, mode and the
# content in base64. $1: yes if the engine's own settings say where it listens.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
mkdir -p /etc/docker
while read -r name mode content; do
  fresh=$(umask 077 && mktemp "/etc/docker/.$name.XXXXXX")
  printf '%s' "$content" | base64 -d >"$fresh"
  chmod "$mode" "$fresh"
  mv "$fresh" "/etc/docker/$name"
done
if [ -d /run/systemd/system ]; then
  unit=/etc/systemd/system/docker.service.d/10-rke4j.conf
  if [ "$1" = yes ]; then
    # Units of most packages name the sockets as arguments, beside which the settings must not.
    mkdir -p "${unit%/*}"
    printf '[Service]\nExecStart=\nExecStart=%s --containerd=/run/containerd/containerd.sock\n' \
      "$(command -v dockerd)" >"$unit"
  else
    rm -f "$unit"
  fi
  systemctl daemon-reload
  systemctl restart docker
else
  service docker restart
fi
