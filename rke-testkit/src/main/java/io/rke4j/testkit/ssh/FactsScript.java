package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.HostFacts;
import io.rke4j.testkit.host.Machine;
import java.util.List;

/**
 * The answer to the script by which a provisioner asks a host what it is: lines {@code key=value}.
 *
 * @param machine who is asked
 */
record FactsScript(Machine machine) {

  private static final long GIB_IN_KIB = 1024L * 1024;
  private static final List<String> FOLDERS =
      List.of("/var/lib/etcd", "/var/lib/kubelet", "/opt", "/etc");
  private static final List<String> MODULES =
      List.of(
          "overlay",
          "br_netfilter",
          "ip_tables",
          "iptable_nat",
          "iptable_filter",
          "nf_conntrack",
          "xt_comment",
          "xt_statistic",
          "vxlan");
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "memory", "pids");
  private static final List<String> SYSCTLS =
      List.of(
          "net.ipv4.ip_forward 1",
          "net.bridge.bridge-nf-call-iptables 1",
          "fs.inotify.max_user_instances 8192",
          "fs.inotify.max_user_watches 524288",
          "net.netfilter.nf_conntrack_max 262144",
          "kernel.pid_max 4194304",
          "fs.file-max 1048576");
  private static final List<String> LEFTOVERS =
      List.of(
          "/etc/kubernetes/ssl",
          "/etc/kubernetes/manifests",
          "/var/lib/etcd/member",
          "/var/lib/kubelet/pki",
          "/var/lib/rancher/k3s",
          "/var/lib/rancher/rke2");

  /** Whether a script asks for these facts. */
  static boolean isMeant(String script) {
    return script.contains("say kernel") && script.contains("say cgroup-type");
  }

  /**
   * What the script would write.
   *
   * @param arguments the engine's folder, then perhaps a UDP port and hosts to knock at
   */
  String answer(List<String> arguments) {
    Lines lines = new Lines();
    identity(lines);
    CONTROLLERS.forEach(name -> lines.say("cgroup", name));
    MODULES.forEach(name -> lines.say("module", name + " yes"));
    SYSCTLS.forEach(setting -> lines.say("sysctl", setting));
    arguments.stream().limit(1).forEach(folder -> disk(lines, folder));
    FOLDERS.forEach(folder -> disk(lines, folder));
    network(lines);
    peers(arguments).forEach(peer -> lines.say("udp", peer + " Connection refused"));
    LEFTOVERS.stream().filter(machine.files()::exists).forEach(path -> lines.say("leftover", path));
    machine
        .files()
        .children("/etc/cni/net.d")
        .forEach(name -> lines.say("leftover", "/etc/cni/net.d/" + name));
    return lines.text.toString();
  }

  /** What comes after the port. */
  private static List<String> peers(List<String> arguments) {
    int port = 0;
    while (port < arguments.size() && !arguments.get(port).matches("\\d+")) {
      port++;
    }
    return arguments.subList(Math.min(port + 1, arguments.size()), arguments.size());
  }

  private void identity(Lines lines) {
    HostFacts facts = machine.facts();
    lines.say("clock", Long.toString(machine.clock().instant().getEpochSecond()));
    lines.say("kernel", facts.kernel());
    lines.say("architecture", "x86_64");
    lines.say("hostname", facts.hostname());
    lines.say("machine-id", facts.machineId());
    lines.say("processors", Integer.toString(facts.processors()));
    lines.say("memory", Long.toString(facts.memoryKib()));
    lines.say("swap", "0");
    lines.say("cgroup-type", "cgroup2fs");
    lines.say("service", "systemd-timesyncd");
    lines.say("systemd", "running");
  }

  private static void disk(Lines lines, String folder) {
    lines.say("disk", folder + " " + 100 * GIB_IN_KIB + " " + 80 * GIB_IN_KIB + " 6553600 6000000");
  }

  private void network(Lines lines) {
    lines.say("interface", "lo 65536 00:00:00:00:00:00");
    lines.say(
        "interface",
        "eth0 1500 02:42"
            + machine.facts().machineId().replaceFirst("^(..)(..)(..)(..).*", ":$1:$2:$3:$4"));
    lines.say("address", "eth0 " + machine.ip() + "/16");
    lines.say("address6", "eth0 2001:db8::" + machine.ip().replace('.', ':') + "/64");
    lines.say("route", "default via 192.0.2.1 dev eth0");
    machine.listeningPorts().forEach(port -> lines.say("listening", Integer.toString(port)));
    lines.say("nameserver", "192.0.2.53");
    lines.say("resolves-itself", "yes");
  }

  private static final class Lines {
    private final StringBuilder text = new StringBuilder();

    void say(String key, String value) {
      text.append(key).append('=').append(value).append('\n');
    }
  }
}
