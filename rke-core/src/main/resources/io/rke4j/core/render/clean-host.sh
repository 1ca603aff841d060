# Takes from a host what a cluster has left there. Runs in a privileged container on the host's network;
# the host's folders are below /host, and the kubelet's is shared with it. What a cluster keeps below a
# prefix is below /host/prefix.
failed=0
ROOT=/host
[ -z "$HOST_PREFIX" ] || ROOT=/host/prefix
KUBELET=$HOST_PREFIX/var/lib/kubelet

unmount_all() {
  sort -r |
    while read -r place; do
      umount "$place" 2>/dev/null || umount -l "$place" || exit 1
    done
}

# The volumes of pods, on the host too.
unmount_volumes() {
  awk -v top="$KUBELET/" 'index($2, top) == 1 { print $2 }' /proc/self/mounts | unmount_all ||
    failed=1
}

# The same volumes seen through the host's other folders: also within this container's own root, which lies in
# Docker's folder. These are only this container's, and keep it from deleting what they stand on.
unmount_copies() {
  awk 'index($2, "/host/") == 1 && index($2, "/var/lib/kubelet/") { print $2 }' /proc/self/mounts | unmount_all ||
    failed=1
}

# clean_firewall PROGRAM PODS - rules of kube-proxy and of the CNI plugins go; everybody else's stay.
clean_firewall() {
  for variant in "$1" "$1-legacy" "$1-nft"; do
    command -v "$variant-save" >/dev/null 2>&1 || continue
    before=$("$variant-save" 2>/dev/null)
    echo "$before" | grep -q -E -e "$RULES" -e " $2 " || continue
    echo "$before" | grep -v -E "$RULES" | grep -v -F " $2 " |
      "$variant-restore" || failed=1
  done
}

# Sets may be members of others, which go first.
clean_address_sets() {
  command -v ipset >/dev/null 2>&1 || return 0
  for set in $(ipset list -n | grep "^$1"); do ipset destroy "$set" 2>/dev/null || true; done
  for set in $(ipset list -n | grep "^$1"); do ipset destroy "$set" || failed=1; done
}

remove() {
  rm -rf "$@" || failed=1
}

remove_if_empty() {
  for folder in "$@"; do
    [ ! -d "$folder" ] || rmdir "$folder" 2>/dev/null || true
  done
}

RULES='KUBE-|CNI-|FLANNEL'
LINKS="cni0 flannel.$FLANNEL_VNI flannel-v6.$FLANNEL_VNI"
case "$NETWORK_PLUGIN" in
  canal | calico)
    RULES="$RULES|cali-|cali:"
    LINKS="$LINKS vxlan.calico $(cd /sys/class/net && ls -d cali* 2>/dev/null || true)"
    ;;
  weave)
    RULES="$RULES|WEAVE|weave"
    LINKS="$LINKS weave datapath vxlan-6784 $(cd /sys/class/net && ls -d vethwe* 2>/dev/null || true)"
    ;;
esac
if [ -n "$NODE_LOCAL_DNS" ]; then
  RULES="$RULES|($NODE_LOCAL_DNS)/32"
  LINKS="$LINKS nodelocaldns"
fi

unmount_volumes
unmount_copies
clean_firewall iptables "$POD_CIDR"
# kube-proxy has rules there even where no pod has an IPv6 address.
clean_firewall ip6tables "${POD_CIDR_IPV6:-none of pods}"
for link in $LINKS; do
  [ ! -e "/sys/class/net/$link" ] || ip link delete "$link" || failed=1
done

find "$KUBELET" -mindepth 1 -delete || failed=1
[ "$EXTERNAL_ETCD" = true ] || remove "$ROOT/var/lib/etcd"
remove "$ROOT/etc/kubernetes" "$ROOT/var/lib/cni" "$ROOT/var/lib/cri-dockerd" /host/var/lib/rancher/rke \
  /host/var/log/containers /host/var/log/pods "$ROOT/var/log/kube-audit" /host/run/flannel \
  /host/run/dockershim.sock /host/run/cri-dockerd.sock
case "$NETWORK_PLUGIN" in
  canal | calico)
    clean_address_sets cali
    # The kernel's own, which cannot be deleted.
    [ ! -e /sys/class/net/tunl0 ] || ip address flush dev tunl0 || failed=1
    remove /host/var/lib/calico /host/var/log/calico /host/run/calico /host/run/nodeagent \
      "/host/flex-volumes/$FLEX_VOLUME"
    ;;
  weave)
    clean_address_sets weave
    remove /host/var/lib/weave
    ;;
esac
[ "$NETWORK_PLUGIN" = none ] || remove /host/etc/cni /host/opt/cni

# Folders that Docker has made for mounts.
remove_if_empty "$ROOT/var/lib/kubelet" /host/etc/cni/net.d /host/etc/cni /host/opt/cni/bin /host/opt/cni \
  "$ROOT/etc/ceph" /host/var/lib/calico /host/var/lib/rancher
[ -z "$HOST_PREFIX" ] || remove_if_empty /host/var/lib/kubelet/volumeplugins /host/var/lib/kubelet \
  "$ROOT/var/lib" "$ROOT/var/log" "$ROOT/var" "$ROOT/etc"
remove_if_empty /host/opt/rke/etcd-snapshots /host/opt/rke
exit "$failed"
