package io.rke4j.testkit.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.api.cluster.VirtualMachine;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.ssh.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes hosts as containers of the Docker Engine on this machine, so that a test gets a real
 * cluster of many nodes from {@code ClusterProvisioner} and this driver alone. The processors,
 * memory and disk that a node asks for are not limits here: all hosts share the machine.
 *
 * <p>It makes the SSH keys of its hosts itself, so they need no known_hosts and no trust on first
 * use. Containers that it has not made are never touched.
 */
public final class DockerNodeDriver implements NodeDriver {

  private static final String OWNER = "io.rke4j.testkit.node";
  private static final String HOST_KEY = "io.rke4j.testkit.host-key";
  private static final Path SERVER_KEY = Path.of("ssh_host_ecdsa_key");
  private static final Path ADMITTED = Path.of(".ssh", "authorized_keys");
  private static final String SOCKET = "/var/run/docker.sock";
  private static final Duration BOOT = Duration.ofMinutes(2);

  private final DockerHosts hosts;
  private final Path folder;

  /**
   * A driver for such hosts.
   *
   * @param hosts what they have in common
   * @param folder where the key that opens them is kept, readable for its owner only; with the same
   *     folder a later driver finds them again
   */
  public DockerNodeDriver(DockerHosts hosts, Path folder) {
    this.hosts = hosts;
    this.folder = folder;
  }

  @Override
  public List<SpecProblem> check(NodeSpec node) {
    List<SpecProblem> problems = new ArrayList<>();
    if (!(node.machine() instanceof VirtualMachine machine)) {
      problems.add(
          new SpecProblem(
              "node " + node.name(), "is a host that is there", "leave it to the provisioner"));
    } else if (!machine.template().isEmpty()) {
      problems.add(
          new SpecProblem(
              "node " + node.name(),
              "asks for the template '" + machine.template() + "', and all machines here are alike",
              "leave it out"));
    }
    if (!DockerCommand.run("image", "inspect", hosts.image()).succeeded()) {
      problems.add(
          new SpecProblem(
              "node " + node.name(),
              "is to be made of image " + hosts.image() + ", which Docker does not have",
              "build it with rke-testkit/lab/lab setup, or name another one"));
    }
    if (!DockerCommand.run("network", "inspect", hosts.network()).succeeded()) {
      problems.add(
          new SpecProblem(
              "node " + node.name(),
              "is to be in network " + hosts.network() + ", which Docker does not have",
              "docker network create " + hosts.network()));
    }
    return problems;
  }

  @Override
  public Optional<Machine> find(NodeSpec node) {
    return ownedBy(node) && isBooted(node) ? Optional.of(machine(node)) : Optional.empty();
  }

  @Override
  public boolean exists(NodeSpec node) {
    return ownedBy(node);
  }

  /** A container of that name which is not of our making is nobody's machine. */
  private boolean ownedBy(NodeSpec node) {
    return read(node, "{{index .Config.Labels \"" + OWNER + "\"}}")
        .filter(node.name().value()::equals)
        .isPresent();
  }

  private boolean isBooted(NodeSpec node) {
    return DockerCommand.run("exec", container(node), "docker", "version").succeeded();
  }

  private Machine machine(NodeSpec node) {
    String format = "{{(index .NetworkSettings.Networks \"" + hosts.network() + "\").IPAddress}}";
    String address = read(node, format).orElseThrow();
    String hostKey = read(node, "{{index .Config.Labels \"" + HOST_KEY + "\"}}").orElseThrow();
    SshKey key = new SshKey.Inline(Secret.of(privateKey()));
    return new Machine(
        node.name(), address, address, new SshAccess("root", 22, key), SOCKET, List.of(hostKey));
  }

  private Optional<String> read(NodeSpec node, String format) {
    DockerCommand.Outcome outcome =
        DockerCommand.run("container", "inspect", "--format", format, container(node));
    return outcome.succeeded() ? Optional.of(outcome.output().strip()) : Optional.empty();
  }

  private String container(NodeSpec node) {
    return hosts.prefix() + node.name();
  }

  @Override
  public Machine create(NodeSpec node, OperationContext context) {
    if (read(node, "{{.Id}}").isEmpty()) {
      context.progress(0.1, "create container " + container(node));
      createContainer(node);
    } else if (!ownedBy(node)) {
      throw ProviderException.permanentFailure(
          "container " + container(node) + " is there, and was not made for this node",
          "Remove it, or choose another prefix for the hosts' names",
          null);
    }
    context.progress(0.5, "start container " + container(node));
    DockerCommand.ask("start", container(node));
    context.waitUntil("Docker Engine on " + container(node), BOOT, () -> engine(node));
    return machine(node);
  }

  private Observation engine(NodeSpec node) {
    DockerCommand.Outcome outcome =
        DockerCommand.run("exec", container(node), "docker", "version", "--format", "{{.Server}}");
    return outcome.succeeded() ? Observation.done() : Observation.notYet(outcome.errors().strip());
  }

  /** The label that makes it ours is there from the start; the keys come before its SSH server. */
  private void createContainer(NodeSpec node) {
    KeyPair hostKey = SshKeys.generate();
    String opensIt = publicKey();
    List<String> words = new ArrayList<>(List.of("create", "--name", container(node)));
    words.addAll(List.of("--hostname", node.name().value(), "--network", hosts.network()));
    words.addAll(List.of("--privileged", "--cgroupns", "private", "--tmpfs", "/run:exec,mode=755"));
    if (Files.isDirectory(Path.of("/lib/modules"))) {
      words.addAll(List.of("--volume", "/lib/modules:/lib/modules:ro"));
    }
    words.addAll(List.of("--label", OWNER + "=" + node.name()));
    words.addAll(List.of("--label", HOST_KEY + "=" + SshKeys.line(hostKey.getPublic())));
    words.addAll(List.of("--env", "LAB_REGISTRY=" + hosts.registryMirror()));
    words.addAll(List.of("--env", "LAB_NAMESERVERS=" + String.join(" ", nameServers())));
    words.add(hosts.image());
    DockerCommand.ask(words.toArray(String[]::new));
    OwnerOnly.copy(container(node), "/etc/ssh/", SERVER_KEY, SshKeys.pem(hostKey));
    OwnerOnly.copy(container(node), "/root/", ADMITTED, opensIt + "\n");
  }

  private List<String> nameServers() {
    if (!hosts.nameServers().isEmpty()) {
      return hosts.nameServers();
    }
    // One that does not answer is better than none: CoreDNS does not start without.
    return List.of(
        DockerCommand.ask(
            "network",
            "inspect",
            "--format",
            "{{(index .IPAM.Config 0).Gateway}}",
            hosts.network()));
  }

  private String privateKey() {
    return keyFile("id_ecdsa");
  }

  private String publicKey() {
    return keyFile("id_ecdsa.pub").strip();
  }

  private synchronized String keyFile(String name) {
    try {
      if (!Files.exists(folder.resolve("id_ecdsa.pub"))) {
        OwnerOnly.writeKey(folder, SshKeys.generate());
      }
      return Files.readString(folder.resolve(name), UTF_8);
    } catch (IOException e) {
      throw ProviderException.permanentFailure(
          "the key of the hosts cannot be kept in " + folder + " (" + e + ")",
          "Give the driver a folder that it may write to",
          e);
    }
  }

  @Override
  public void destroy(NodeSpec node, OperationContext context) {
    if (ownedBy(node)) {
      DockerCommand.ask("rm", "--force", "--volumes", container(node));
    }
  }

  @Override
  public void close() {
    // Hosts outlive the driver.
  }
}
