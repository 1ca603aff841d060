package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.check.CheckReport;
import io.rke4j.api.check.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Real hosts that have all at once that can be wrong with a host, as far as a container can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PreflightLabIT {

  private static final String HOSTS =
      """
      cluster_name: sick
      ssh_key_path: ${key}
      nodes:
      - {address: ${host1}, user: root, hostname_override: alpha, role: [controlplane, etcd, worker]}
      - {address: ${host2}, user: root, hostname_override: beta, role: [worker]}
      network: {plugin: flannel}
      ingress: {provider: none}
      monitoring: {provider: none}
      """;

  private static final String LISTEN =
      "setsid perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalPort => %d, Listen => 1)"
          + " or die; sleep 600' </dev/null >/dev/null 2>&1 &";

  /** Only workers need this image. */
  private static final String NO_REGISTRY =
      "system_images: {nginx_proxy: \"127.0.0.1:9/rancher/rke-tools:v0.1.80\"}\n";

  private static final String NO_NAME =
      "system_images: {nginx_proxy: registry.invalid/rancher/rke-tools:v0.1.80}\n";

  /** What makes a host fail a check. */
  private record Sickness(String check, String script) {}

  private static final String SERVICES =
      "case $* in is-system-running) echo running;;"
          + " *firewalld | *NetworkManager | *k3s) echo active;; esac; exit";

  private static String reading(String file, String text) {
    String other = "/run/" + file.replace('/', '_');
    return "printf '%b\\n' '" + text + "' >" + other + " && mount --bind " + other + " " + file;
  }

  /** A program that is found before the host's own, which it goes on with. */
  private static String saying(String program, String script) {
    String own = "/usr/local/bin/" + program;
    return "printf '#!/bin/sh\\n%s\\nexec /usr/bin/"
        + program
        + " \"$@\"\\n' '"
        + script
        + "' >"
        + own
        + " && chmod +x "
        + own;
  }

  private static final List<Sickness> OF_ALPHA =
      List.of(
          new Sickness("other-cluster", "docker create --name kubelet rancher/mirrored-pause:3.6"),
          new Sickness("leftover-files", "mkdir -p /etc/kubernetes/ssl"),
          new Sickness("leftover-interfaces", "ip link add cni0 type bridge"),
          new Sickness("ip-forward", "sysctl -w net.ipv4.ip_forward=0"),
          new Sickness("bridge-netfilter", "sysctl -w net.bridge.bridge-nf-call-iptables=0"),
          new Sickness("network-overlap", "ip route add 10.42.7.0/24 dev eth0"),
          new Sickness("ports-free", LISTEN.formatted(6443)),
          new Sickness(
              "service-network", "ip addr add 10.43.0.1/32 dev lo; " + LISTEN.formatted(443)),
          new Sickness(
              "nameserver-count",
              "for i in 1 2 3; do echo nameserver 192.0.2.$i >>/etc/resolv.conf; done"),
          new Sickness(
              "etcd-space",
              "mkdir -p /var/lib/etcd && mount -t tmpfs -o size=9m none /var/lib/etcd"),
          new Sickness(
              "kubelet-space",
              "mkdir -p /var/lib/kubelet"
                  + " && mount -t tmpfs -o size=9m,nr_inodes=20 none /var/lib/kubelet"
                  + " && head -c 9000000 /dev/zero >/var/lib/kubelet/filler"),
          new Sickness("inodes", "cd /var/lib/kubelet && touch $(seq 18)"),
          new Sickness("mount-options", "mount -t tmpfs -o noexec none /opt"),
          new Sickness("image-space", "mount -t tmpfs -o size=99m none /var/lib/docker"));

  /** What cannot be had in a container, or would end it: the host reads something else there. */
  private static final List<Sickness> BY_PRETENCE =
      List.of(
          new Sickness("processors", reading("/proc/cpuinfo", "processor : 0")),
          new Sickness(
              "memory", reading("/proc/meminfo", "MemTotal: 500000 kB\\nSwapTotal: 2048 kB")),
          new Sickness("swap", "grep SwapTotal /proc/meminfo"),
          new Sickness(
              "cgroup-controllers",
              reading("/proc/cgroups", "cpu 0 1 1\\npids 0 1 1")
                  + " && { [ ! -e /sys/fs/cgroup/cgroup.controllers ]"
                  + " || mount --bind /run/_proc_cgroups /sys/fs/cgroup/cgroup.controllers; }"),
          new Sickness(
              "apparmor",
              "mkdir -p /run/module/apparmor/parameters"
                  + " && echo Y >/run/module/apparmor/parameters/enabled"
                  + " && mount --bind /run/module /sys/module"),
          new Sickness(
              "kernel-modules",
              "mkdir -p /lib/modules/$(uname -r) && : >/lib/modules/$(uname -r)/modules.dep"),
          new Sickness(
              "inotify-instances", reading("/proc/sys/fs/inotify/max_user_instances", "64")),
          new Sickness("inotify-watches", reading("/proc/sys/fs/inotify/max_user_watches", "4096")),
          new Sickness("conntrack", reading("/proc/sys/net/netfilter/nf_conntrack_max", "8192")),
          new Sickness("pid-max", reading("/proc/sys/kernel/pid_max", "4096")),
          new Sickness("open-files", reading("/proc/sys/fs/file-max", "4096")),
          new Sickness(
              "etcd-disk-speed",
              "disk=$(ls /sys/class/block | head -n 1)"
                  + " && umount /var/lib/etcd && mount -t tmpfs -o size=9m $disk /var/lib/etcd"
                  + " && echo \"8 0 $disk $(seq -s ' ' 15) 2000 200000\" >/run/diskstats"
                  + " && mount --bind /run/diskstats /proc/diskstats"),
          new Sickness("architecture", saying("uname", "[ $1 != -m ] || { echo riscv64; exit; }")),
          new Sickness("time-service", saying("systemctl", SERVICES)),
          new Sickness("firewall", "systemctl is-active firewalld"),
          new Sickness("network-manager", "systemctl is-active NetworkManager"),
          new Sickness("other-kubernetes", "systemctl is-active k3s"));

  private static final List<Sickness> OF_BOTH =
      List.of(
          new Sickness(
              "hardware-address", reading("/sys/class/net/eth0/address", "02:42:ac:12:00:99")),
          new Sickness("machine-id", "echo 3d1219c7c4c5404aaa1f6d2a48adfda4 >/etc/machine-id"),
          new Sickness("hostname", "hostname same"),
          new Sickness("own-name", "! getent hosts same"));

  private static final List<Sickness> OF_BETA =
      List.of(
          new Sickness("clock", saying("date", "set -- +%s -d -90seconds")),
          new Sickness("mtu", "ip link set eth0 mtu 1400"),
          new Sickness("nameserver-loop", "echo nameserver 127.0.0.1 >/etc/resolv.conf"));

  private Lab lab;
  private LabCluster cluster;

  @BeforeAll
  void makeHosts() {
    lab = Lab.withFreshHosts(2);
    cluster = LabCluster.on(lab);
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  @Order(1)
  void healthyHostsAreNotAccused() {
    CheckReport report = cluster.check(HOSTS);

    assertThat(report.findings()).as(report.render()).isEmpty();
  }

  @Test
  @Order(3)
  void eachSicknessIsFoundOnItsHostAndNothingElse() {
    OF_BOTH.forEach(sickness -> lab.hosts().forEach(host -> host.shell(sickness.script())));
    OF_ALPHA.forEach(sickness -> lab.host(1).shell(sickness.script()));
    BY_PRETENCE.forEach(sickness -> lab.host(1).shell(sickness.script()));
    OF_BETA.forEach(sickness -> lab.host(2).shell(sickness.script()));
    lab.host(1).shell("iptables -A INPUT -p udp --dport 8472 -j DROP");
    awaitListeners();

    CheckReport report = cluster.check(HOSTS + NO_REGISTRY);
    lab.host(1).shell("umount /var/lib/docker && docker rm kubelet");

    assertThat(found(report, "alpha")).as(report.render()).isEqualTo(checks(OF_ALPHA, pretended()));
    assertThat(found(report, "beta"))
        .as(report.render())
        .isEqualTo(checks(OF_BETA, Set.of("registry", "udp")));
    assertThat(report.blocks()).isTrue();
  }

  @Test
  @Order(2)
  void hostsThatAreCutOffAreFound() {
    String gateway = lab.host(1).shell("ip -4 route show default").strip();
    lab.host(1).shell("cp /etc/resolv.conf /run && ip route del default && : >/etc/resolv.conf");
    String elsewhere = HOSTS.replace("beta,", "beta, internal_address: 192.0.2.9,");

    CheckReport report = cluster.check(elsewhere + NO_NAME);
    lab.host(1).shell("cat /run/resolv.conf >/etc/resolv.conf && ip route add " + gateway);

    assertThat(found(report, "alpha")).as(report.render()).contains("default-route", "nameserver");
    assertThat(found(report, "beta"))
        .as(report.render())
        .contains("internal-address", "registry-name");
  }

  private void awaitListeners() {
    Eventually.within(
        Duration.ofSeconds(10),
        () -> assertThat(lab.host(1).shell("ss -ltn")).contains(":443 ", ":6443 "));
  }

  private static Set<String> found(CheckReport report, String host) {
    return report.findings().stream()
        .filter(finding -> finding.host().equals(host))
        .map(Finding::check)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** With systemd there is a check more that fails on hosts whose engine manages groups itself. */
  private Set<String> pretended() {
    Set<String> checks = new TreeSet<>(names(BY_PRETENCE));
    if (lab.host(1).shell("stat -fc %T /sys/fs/cgroup").strip().equals("cgroup2fs")) {
      checks.add("cgroup-driver");
    }
    return checks;
  }

  private static Set<String> names(List<Sickness> sicknesses) {
    return sicknesses.stream().map(Sickness::check).collect(Collectors.toSet());
  }

  private static Set<String> checks(List<Sickness> sicknesses, Set<String> more) {
    Set<String> checks = new TreeSet<>(more);
    checks.addAll(names(sicknesses));
    checks.addAll(names(OF_BOTH));
    return checks;
  }
}
