package io.rke4j.api.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the parts of one node: either a host that is there, or a machine to make. */
public final class NodeBuilder {

  /** In place of a name that is none; that is a problem of its own. */
  static final NodeName UNNAMED = new NodeName("unnamed");

  private final String path;
  private final Problems problems;
  private final String name;
  private final Set<Role> roles = EnumSet.noneOf(Role.class);
  private final Map<String, String> labels = new TreeMap<>();
  private final List<Taint> taints = new ArrayList<>();
  private @Nullable String address;
  private @Nullable String internalAddress;
  private final SshParts ssh = new SshParts();
  private String dockerSocket = ExistingHost.DEFAULT_DOCKER_SOCKET;
  private @Nullable VirtualMachine machine;
  private String template = "";
  private MachineReplacement replacement = new MachineReplacement.Never();
  private String group;
  private int taintNumber;

  NodeBuilder(String path, String name, Problems problems) {
    this.path = path;
    this.name = name;
    this.group = name;
    this.problems = problems;
  }

  /** The planes that the node takes part in. */
  public NodeBuilder roles(Role... added) {
    for (Role role : added) {
      if (!roles.add(role)) {
        problems.add(path + ".role", "names " + role.label() + " twice", "name each role once");
      }
    }
    return this;
  }

  /** Where this program reaches the host: a name or an IP address. */
  public NodeBuilder address(String nameOrIp) {
    this.address = nameOrIp;
    return this;
  }

  /** Where the other nodes reach it, if that differs. */
  public NodeBuilder internalAddress(String nameOrIp) {
    this.internalAddress = nameOrIp;
    return this;
  }

  /** The account to log in with. */
  public NodeBuilder user(String account) {
    ssh.user = account;
    return this;
  }

  /** The port of sshd; 22 if not called. */
  public NodeBuilder port(int number) {
    ssh.port = number;
    return this;
  }

  /** The private key's file; {@code ~/.ssh/id_rsa} if no key is given. */
  public NodeBuilder sshKey(Path file) {
    ssh.key = new SshKey.FromFile(file);
    return this;
  }

  /** A key with a passphrase or a certificate, or an agent that has the keys. */
  public NodeBuilder sshKey(SshKey keyOrAgent) {
    ssh.key = keyOrAgent;
    return this;
  }

  /** The private key itself. */
  public NodeBuilder sshKey(Secret pem) {
    ssh.key = new SshKey.Inline(pem);
    return this;
  }

  /** Path of the Docker Engine's socket on the host. */
  public NodeBuilder dockerSocket(String socket) {
    this.dockerSocket = socket;
    return this;
  }

  /** A label beside those that the roles bring. */
  public NodeBuilder label(String labelKey, String value) {
    labels.put(labelKey, value);
    return this;
  }

  /** A taint beside those that the roles bring. */
  public NodeBuilder taint(String taintKey, String value, Taint.Effect effect) {
    String taintPath = path + ".taints[" + taintNumber++ + "]";
    if (taintKey.equals("node-role.kubernetes.io/controlplane")
        || taintKey.equals("node-role.kubernetes.io/etcd")) {
      problems.add(taintPath, taintKey + " is set by the node's roles", "leave it out");
      return this;
    }
    if (taints.stream().anyMatch(t -> t.key().equals(taintKey) && t.effect() == effect)) {
      problems.add(
          taintPath,
          "taints " + taintKey + " with " + effect.kubernetesName() + " twice",
          "keep one of them");
      return this;
    }
    if (!taintKey.isBlank()) {
      NodeLabels.check(taintPath, taintKey, value, problems);
    }
    problems.value(taintPath, false, () -> taints.add(new Taint(taintKey, value, effect)));
    return this;
  }

  /** A machine for the driver to make, in place of a host that is there. */
  public NodeBuilder machine(int cpus, String memory, String disk) {
    problems.value(
        path + ".machine",
        false,
        () -> {
          this.machine = new VirtualMachine(cpus, memory, disk);
          return true;
        });
    return this;
  }

  /**
   * What the driver is to make the machine by, for example a template of vSphere other than that of
   * the other nodes; drivers document what names they know.
   */
  public NodeBuilder machineTemplate(String nameOfTemplate) {
    this.template = nameOfTemplate;
    return this;
  }

  /**
   * Has a run give the node a new machine when Kubernetes has not heard of it for a while and this
   * program does not reach it either; the plan shows it. Only for workers on machines that a driver
   * makes. If not called, a host that cannot be reached ends a run.
   *
   * @param after how long Kubernetes must have heard nothing; a minute at least
   * @param atMost how many nodes of the pool are replaced at the same time
   */
  public NodeBuilder replaceUnreachable(Duration after, int atMost) {
    replacement =
        problems.value(
            path + ".replacement",
            replacement,
            () -> new MachineReplacement.WhenUnreachable(group, after, atMost));
    return this;
  }

  /** Nodes of a pool are replaced so many at a time. */
  void ofPool(String pool) {
    group = pool;
  }

  /** Nodes of a pool cannot all have one address. */
  void requireMachine() {
    if (machine == null) {
      problems.add(path, "is of a pool and has no machine to make", "call machine(…)");
    }
  }

  NodeSpec build() {
    if (roles.isEmpty()) {
      problems.add(
          path + ".role", "is missing", "give etcd, controlplane, worker or several of them");
    }
    NodeName nodeName =
        problems.value(path + ".hostname_override", UNNAMED, () -> NodeName.of(name));
    labels.forEach(
        (labelKey, value) ->
            NodeLabels.check(path + ".labels." + labelKey, labelKey, value, problems));
    checkReplacement();
    return new NodeSpec(nodeName, roles, placement(), labels, taints, replacement);
  }

  private void checkReplacement() {
    boolean worker = machine != null && roles.equals(Set.of(Role.WORKER));
    if (replacement instanceof MachineReplacement.WhenUnreachable && !worker) {
      problems.add(
          path + ".replacement",
          "is only for workers, and nothing else, on machines that a driver makes",
          "leave out replaceUnreachable(…), or take its other roles to other nodes");
    }
  }

  private MachineSpec placement() {
    if (machine == null && !template.isEmpty()) {
      problems.add(
          path + ".machine", "has a template and no machine to make by it", "call machine(…)");
    }
    if (machine != null) {
      if (address != null) {
        problems.add(
            path, "has both an address and a machine to make", "call either address or machine");
      }
      return machine.by(template);
    }
    if (address == null || address.isBlank()) {
      problems.add(path + ".address", "is missing", "give the host's name or IP address");
    } else {
      Addresses.check(path + ".address", address, problems);
    }
    if (internalAddress != null) {
      Addresses.check(path + ".internal_address", internalAddress, problems);
    }
    SshAccess access = ssh.build(path, problems);
    if (!dockerSocket.startsWith("/")) {
      problems.add(path + ".docker_socket", "'" + dockerSocket + "' is not an absolute path", "");
    }
    String reached = address == null ? "" : address;
    return new ExistingHost(
        reached, internalAddress == null ? reached : internalAddress, access, dockerSocket);
  }
}
