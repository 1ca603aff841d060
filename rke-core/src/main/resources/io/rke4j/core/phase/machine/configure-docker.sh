# Places files of Docker Engine and has it start with them. Run as root. Standard input: lines of name, mode and the
# content in base64, and a dot. $1: ours if the engine's own settings are to say where it listens, plain if they do not,
# as-it-is if somebody else has seen to that.
set -eu
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
mkdir -p /etc/docker
# As long as this is there, the files are not what the engine runs with: whoever was cut off begins again.
unfinished=/etc/docker/.rke4j-unfinished
: >"$unfinished"
unit=/etc/systemd/system/docker.service.d/10-rke4j.conf
if [ -d /run/systemd/system ]; then
  if [ "$1" = ours ]; then
    # Units of most packages name the sockets as arguments, beside which the settings must not.
    mkdir -p "${unit%/*}"
    printf '[Service]\nExecStart=\nExecStart=%s --containerd=/run/containerd/containerd.sock\n' \
      "$(command -v dockerd)" >"$unit"
  elif [ "$1" = plain ]; then
    rm -f "$unit"
  fi
fi
name=
while read -r name mode content; do
  [ "$name" != . ] || break
  fresh=$(umask 077 && mktemp "/etc/docker/.$name.XXXXXX")
  printf '%s' "$content" | base64 -d >"$fresh"
  chmod "$mode" "$fresh"
  mv "$fresh" "/etc/docker/$name"
done
if [ "$name" != . ]; then
  echo "the files did not arrive as a whole"
  exit 75
fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl restart docker
else
  service docker restart
fi
rm -f "$unfinished"
