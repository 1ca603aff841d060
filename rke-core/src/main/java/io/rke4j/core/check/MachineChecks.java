package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.api.check.Finding.Severity;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.check.HostCheck.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Processor, memory, and what the kernel can do. */
final class MachineChecks {

  private static final long MIB = 1024;
  private static final long LEAST_MEMORY = 900 * MIB;
  private static final long CONTROL_PLANE_MEMORY = 1700 * MIB;

  /** Without one of these the kubelet does not start. */
  private static final Set<String> CONTROLLERS = Set.of("cpu", "cpuset", "memory", "pids");

  static final List<HostCheck> ALL =
      List.of(
          new HostCheck(
              "architecture",
              "the images of the cluster are made for x86_64 and aarch64",
              host ->
                  host
                      .facts()
                      .text("architecture")
                      .filter(name -> !Set.of("x86_64", "aarch64").contains(name))
                      .map(
                          name ->
                              blocks("processor " + name, "uname -m: " + name, "use another host"))
                      .stream()),
          new HostCheck(
              "processors",
              "API server and etcd miss their deadlines on one processor",
              host ->
                  host
                      .facts()
                      .number("processors")
                      .filter(count -> count < 2 && !onlyWorker(host))
                      .map(
                          count ->
                              warns(
                                  "one processor for the control plane",
                                  "processors: " + count,
                                  "give the host two or more"))
                      .stream()),
          new HostCheck(
              "memory",
              "components are killed when memory runs out, and take the node with them",
              MachineChecks::memory),
          new HostCheck(
              "swap",
              "pods that are swapped out get slow and nothing says why",
              host ->
                  host
                      .facts()
                      .number("swap")
                      .filter(kib -> kib > 0)
                      .map(
                          kib ->
                              warns(
                                  "swap is on",
                                  mib(kib) + " of swap",
                                  "swapoff -a, and take it out of /etc/fstab"))
                      .stream()),
          new HostCheck(
              "cgroup-controllers",
              "the kubelet does not start without them",
              MachineChecks::controllers),
          new HostCheck(
              "cgroup-version",
              "the kubelet knows control groups of version 2 since Kubernetes 1.19, Docker since 20.10",
              host ->
                  host
                      .facts()
                      .text("cgroup-type")
                      .filter(
                          type ->
                              type.equals("cgroup2fs")
                                  && host.cluster().spec().version().minor() < 19)
                      .map(
                          type ->
                              blocks(
                                  "control groups of version 2",
                                  "/sys/fs/cgroup is " + type,
                                  "boot with systemd.unified_cgroup_hierarchy=0"))
                      .stream()),
          new HostCheck(
              "kernel-modules",
              "containers, services and pod networks are made with them",
              MachineChecks::modules),
          sysctl(
              "ip-forward",
              "net.ipv4.ip_forward",
              1,
              "packets between pods of different hosts are dropped"),
          sysctl(
              "bridge-netfilter",
              "net.bridge.bridge-nf-call-iptables",
              1,
              "services cannot be reached from pods on the same host"),
          sysctl(
              "inotify-instances",
              "fs.inotify.max_user_instances",
              128,
              "the kubelet and log collectors fail with \"too many open files\""),
          sysctl(
              "inotify-watches",
              "fs.inotify.max_user_watches",
              8192,
              "the kubelet fails with \"no space left on device\""),
          sysctl(
              "conntrack",
              "net.netfilter.nf_conntrack_max",
              32768,
              "connections are dropped under load"),
          sysctl("pid-max", "kernel.pid_max", 32768, "processes cannot be started under load"),
          sysctl("open-files", "fs.file-max", 100_000, "files cannot be opened under load"));

  private MachineChecks() {}

  private static boolean onlyWorker(Subject host) {
    return !host.is(Role.CONTROL_PLANE) && !host.is(Role.ETCD);
  }

  private static Stream<Symptom> memory(Subject host) {
    Optional<Long> there = host.facts().number("memory");
    if (there.filter(kib -> kib < LEAST_MEMORY).isPresent()) {
      return Stream.of(
          blocks("too little memory", mib(there.get()), "give the host 1 GiB or more"));
    }
    if (host.is(Role.CONTROL_PLANE)
        && there.filter(kib -> kib < CONTROL_PLANE_MEMORY).isPresent()) {
      return Stream.of(
          warns("little memory for the control plane", mib(there.get()), "give it 2 GiB or more"));
    }
    return Stream.empty();
  }

  private static String mib(long kib) {
    return kib / MIB + " MiB";
  }

  private static Stream<Symptom> controllers(Subject host) {
    Set<String> missing = new TreeSet<>(CONTROLLERS);
    missing.removeAll(host.facts().all("cgroup"));
    return missing.isEmpty() || host.facts().all("cgroup").isEmpty()
        ? Stream.empty()
        : Stream.of(
            blocks(
                "control group controllers are missing: " + String.join(", ", missing),
                "there are " + String.join(", ", host.facts().all("cgroup")),
                "boot with cgroup_enable=" + String.join(" cgroup_enable=", missing)));
  }

  private static Stream<Symptom> modules(Subject host) {
    List<String> missing =
        host.facts().all("module").stream()
            .filter(line -> line.endsWith(" no"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .filter(name -> !name.equals("vxlan") || VxlanUse.of(host.cluster()))
            .toList();
    return missing.isEmpty()
        ? Stream.empty()
        : Stream.of(
            blocks(
                "kernel modules are missing: " + String.join(", ", missing),
                "kernel " + host.facts().text("kernel").orElse("?"),
                "install the kernel's full modules package, then modprobe "
                    + String.join(" ", missing)));
  }

  private static HostCheck sysctl(String id, String key, long least, String why) {
    return new HostCheck(
        id,
        why,
        host ->
            host
                .facts()
                .sysctl(key)
                .filter(value -> value < least)
                .map(
                    value ->
                        new Symptom(
                            least == 1 ? Severity.BLOCKS : Severity.WARNS,
                            key
                                + " is "
                                + value
                                + ", not "
                                + (least == 1 ? "1" : least + " or more"),
                            List.of(key + " = " + value),
                            "sysctl -w " + key + "=" + least + ", and write it into /etc/sysctl.d"))
                .stream());
  }
}
