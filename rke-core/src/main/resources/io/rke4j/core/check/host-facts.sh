# Says what a host is, as lines "key=value". Only looks, needs no rights, and leaves out what it cannot see.
# usage: ENGINE_ROOT PREFIX SERVICE_ADDRESS NAMES [UDP_PORT PEER...]
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
engine_root=$1
prefix=${2%/}
service_address=$3
names=$4
shift 4
knock_port=${1:-}
[ $# -eq 0 ] || shift

say() { printf '%s=%s\n' "$1" "$2"; }

first_line() { [ -r "$1" ] && head -n 1 "$1" 2>/dev/null; }

say clock "$(date +%s)"

# knock PEER - sends to a UDP port where nobody listens. A peer that gets it refuses it, which the next writes show.
knock() {
  answer=$(bash -c '
    exec 3<>"/dev/udp/$0/$1" || exit
    for try in 1 2 3 4 5 6 7 8 9 10; do
      echo >&3 || exit
      sleep 0.1
    done' "$1" "$knock_port" 2>&1 | tail -n 1)
  answer=${answer##*: }
  say udp "$1 ${answer:-silence}"
}

if command -v bash >/dev/null; then
  for peer in "$@"; do knock "$peer" & done
fi
# Nobody should answer for the services of a cluster that is not there yet.
if command -v bash >/dev/null && command -v timeout >/dev/null; then
  { timeout 2 bash -c 'exec 3<>"/dev/tcp/$0/443"' "$service_address" 2>/dev/null && say service-address answered; } &
fi
# resolve NAME - whether the host finds its address. DNS servers that are gone let it wait for long.
resolve() {
  if timeout 4 getent hosts "$1" >/dev/null; then say resolves "$1 yes"; else say resolves "$1 no"; fi
}

if command -v getent >/dev/null && command -v timeout >/dev/null; then
  for name in $names; do resolve "$name" & done
fi
say kernel "$(uname -r)"
say architecture "$(uname -m)"
say hostname "$(hostname 2>/dev/null || uname -n)"
say machine-id "$(first_line /etc/machine-id)"
say processors "$(grep -c '^processor' /proc/cpuinfo)"
awk '/^MemTotal:/ { print "memory=" $2 } /^SwapTotal:/ { print "swap=" $2 }' /proc/meminfo

say cgroup-type "$(stat -fc %T /sys/fs/cgroup 2>/dev/null)"
awk '!/^#/ && $4 == 1 { print "cgroup=" $1 }' /proc/cgroups 2>/dev/null
for controller in $(first_line /sys/fs/cgroup/cgroup.controllers); do say cgroup "$controller"; done

modules=/lib/modules/$(uname -r)
for module in overlay br_netfilter ip_tables iptable_nat iptable_filter nf_conntrack xt_comment xt_statistic vxlan; do
  if [ -d "/sys/module/$module" ] || grep -qs "/$module\.ko" "$modules/modules.builtin" "$modules/modules.dep"; then
    say module "$module yes"
  elif [ -r "$modules/modules.dep" ]; then
    say module "$module no"
  fi
done

for key in net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables fs/inotify/max_user_instances \
  fs/inotify/max_user_watches net/netfilter/nf_conntrack_max kernel/pid_max fs/file-max; do
  [ ! -r "/proc/sys/$key" ] || say "sysctl" "$(echo "$key" | tr / .) $(first_line "/proc/sys/$key")"
done

# flushes DEVICE – how often the disk behind a device was asked to write for good, and how many ms that took in all.
flushes() {
  name=${1##*/}
  [ -d "/sys/class/block/$name" ] || return 0
  parent=$(readlink -f "/sys/class/block/$name/..")
  [ "${parent##*/}" = block ] || [ ! -e "$parent/stat" ] || name=${parent##*/}
  awk -v name="$name" '$3 == name && NF >= 20 && $19 > 0 { print $19, $20 }' /proc/diskstats
}

for folder in "$engine_root" "$prefix/var/lib/etcd" "$prefix/var/lib/kubelet" /opt "$prefix/etc"; do
  there=$folder
  while [ ! -d "$there" ]; do there=$(dirname "$there"); done
  space=$(df -Pk "$there" 2>/dev/null | awk 'NR == 2 { print $2, $4, $1, $6 }')
  [ -n "$space" ] || continue
  set -- $space
  inodes=$(df -Pi "$there" 2>/dev/null | awk 'NR == 2 { print $2, $4 }')
  flags=$(awk -v mount="$4" '$2 == mount { found = $4 } END { print found }' /proc/mounts |
    tr , '\n' | grep -xE 'ro|noexec' | tr '\n' ' ')
  say disk "$folder $1 $2 ${inodes:-0 0} $flags"
  flushed=$(flushes "$3")
  [ -z "$flushed" ] || say flushes "$folder $flushed"
done

for interface in /sys/class/net/*; do
  name=${interface##*/}
  say interface "$name $(first_line "$interface/mtu") $(first_line "$interface/address")"
done
if command -v ip >/dev/null; then
  ip -o -4 addr show 2>/dev/null | awk '{ print "address=" $2, $4 }'
  ip -4 route show 2>/dev/null | awk '{ print "route=" $0 }'
  ip -o -6 addr show scope global 2>/dev/null | awk '{ print "address6=" $2, $4 }'
  ip -6 route show 2>/dev/null | awk '{ print "route6=" $0 }'
fi
if [ ! -d /proc/sys/net/ipv6 ]; then
  say ipv6 absent
elif [ "$(first_line /proc/sys/net/ipv6/conf/all/disable_ipv6)" = 1 ]; then
  say ipv6 disabled
fi
cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$4 == "0A" { n = split($2, part, ":"); print part[n] }' | sort -u |
  while read -r port; do say listening "$(printf '%d' "0x$port")"; done

awk '$1 == "nameserver" { print "nameserver=" $2 } $1 == "search" { print "search=" NF - 1 }' /etc/resolv.conf 2>/dev/null
[ ! -r /run/systemd/resolve/resolv.conf ] || say upstream-resolver yes
if command -v getent >/dev/null; then
  if getent hosts "$(hostname)" >/dev/null; then say resolves-itself yes; else say resolves-itself no; fi
fi

if command -v systemctl >/dev/null; then
  for service in firewalld ufw kubelet k3s k3s-agent rke2-server rke2-agent chronyd chrony ntp ntpd systemd-timesyncd \
    NetworkManager; do
    [ "$(systemctl is-active "$service" 2>/dev/null)" != active ] || say service "$service"
  done
  say systemd "$(systemctl is-system-running 2>/dev/null)"
fi

say selinux "$(first_line /sys/fs/selinux/enforce)"
[ "$(first_line /sys/module/apparmor/parameters/enabled)" != Y ] || say apparmor \
  "$(command -v apparmor_parser >/dev/null && echo usable || echo unusable)"

for path in "$prefix/etc/kubernetes/ssl" /etc/kubernetes/manifests "$prefix/var/lib/etcd/member" "$prefix/var/lib/kubelet/pki" /var/lib/rancher/k3s \
  /var/lib/rancher/rke2 /etc/cni/net.d/*; do
  [ ! -e "$path" ] || say leftover "$path"
done

wait
