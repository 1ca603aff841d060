#!/bin/sh
# Copies the CNI plugins to the host, then writes their configuration, which makes the kubelet call the node ready;
# hence in this order. Stays alive, for it runs as a container of a DaemonSet.
#
# environment: CNI_NETWORK_CONFIG   the configuration itself, or
#              CNI_CONF_SRC         a file that holds it
#              CNI_CONF_NAME        how it is called on the host (default 10-flannel.conflist)
set -eu

plugins=/host/opt/cni/bin
configurations=/host/etc/cni/net.d
target=$configurations/${CNI_CONF_NAME:-10-flannel.conflist}

mkdir -p "$plugins" "$configurations"
for plugin in /opt/cni/bin/*; do
  # Under another name first: a plugin that runs at this moment cannot be overwritten.
  cp "$plugin" "$plugins/.${plugin##*/}.new"
  mv "$plugins/.${plugin##*/}.new" "$plugins/${plugin##*/}"
done
echo "plugins are in $plugins"

if [ -n "${CNI_NETWORK_CONFIG:-}" ]; then
  printf '%s\n' "$CNI_NETWORK_CONFIG" >"$target.new"
elif [ -n "${CNI_CONF_SRC:-}" ]; then
  cp "$CNI_CONF_SRC" "$target.new"
else
  echo "neither CNI_NETWORK_CONFIG nor CNI_CONF_SRC is set" >&2
  exit 1
fi
mv "$target.new" "$target"
echo "configuration is in $target"

trap 'exit 0' TERM INT
while true; do
  sleep 3600 & wait $!
done
