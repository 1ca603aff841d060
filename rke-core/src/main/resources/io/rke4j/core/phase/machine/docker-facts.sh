# Says what a host has of Docker Engine; run as the account. $1: the socket. Lines key=value.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
socket=$1
text() { [ -r "$2" ] && printf '%s=%s\n' "$1" "$(base64 <"$2" | tr -d '\n')"; }

command -v dockerd >/dev/null 2>&1 && echo engine=present
if [ -S "$socket" ]; then
  if [ -w "$socket" ]; then echo socket=usable; else echo socket=denied; fi
fi
[ -e /etc/docker/daemon.json ] && [ ! -r /etc/docker/daemon.json ] && echo settings=unreadable
text settings /etc/docker/daemon.json
text ca /etc/docker/ca.pem
text certificate /etc/docker/server.pem
[ -e /etc/docker/server-key.pem ] && printf 'key=%s\n' "$(stat -c '%a:%u' /etc/docker/server-key.pem)"
[ -e /etc/docker/.rke4j-unfinished ] && echo setup=unfinished
exit 0
