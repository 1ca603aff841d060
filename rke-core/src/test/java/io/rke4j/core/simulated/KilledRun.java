package io.rke4j.core.simulated;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.StepId;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.TestKeys;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process that builds a cluster on a host of another process, until it kills itself when one of
 * some steps starts, or has nothing to do any more. What that one needs to know comes by the
 * arguments, and the host's key and those for certificates by standard input.
 */
final class KilledRun {

  /** What such a process ends with if it was killed. */
  static final int HALTED = 86;

  private static final int OUT_OF_ORDER = 87;

  /** More than a cluster of one host has certificates. */
  private static final int KEYS = 16;

  private KilledRun() {}

  /**
   * Starts such a process.
   *
   * @param steps a file with the steps, one on each line, that kill it; then it has those instead
   *     that were under way
   */
  static Process start(SimulatedHost host, Path state, Path steps) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledRun.class.getName(),
            state.toString(),
            steps.toString(),
            host.name(),
            host.address(),
            String.valueOf(host.port()),
            host.user(),
            host.hostKeyFingerprint());
    File log = state.resolveSibling(state.getFileName() + ".log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try (ObjectOutputStream input = new ObjectOutputStream(process.getOutputStream())) {
      input.writeUTF(host.privateKey());
      for (int key = 0; key < KEYS; key++) {
        input.writeObject(TestKeys.shared().get());
      }
    }
    return process;
  }

  /** Ends with 86 if it was killed at a step, and with 0 if it built the cluster. */
  public static void main(String[] arguments) throws Exception {
    ObjectInputStream input = new ObjectInputStream(System.in);
    String key = input.readUTF();
    List<KeyPair> keys = new ArrayList<>();
    while (keys.size() < KEYS) {
      keys.add((KeyPair) input.readObject());
    }
    String address = arguments[3];
    int port = Integer.parseInt(arguments[4]);
    ClusterSpec spec = spec(arguments[2], address, port, arguments[5], key);
    Path steps = Path.of(arguments[1]);
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder()
            .stateDirectory(Path.of(arguments[0]))
            .hostKeys(new HostKeyPolicy.Pinned(Map.of("[" + address + "]:" + port, arguments[6])))
            .keys(keys.iterator()::next)
            .listener(new Killer(Set.copyOf(Files.readAllLines(steps)), new HashSet<>(), steps))
            .build()) {
      rke.apply(rke.plan(spec)).await(Duration.ofMinutes(6));
    }
  }

  private static ClusterSpec spec(String name, String address, int port, String user, String key) {
    return ClusterSpec.named("simulated")
        .kubernetes("v1.20.15-rancher2-1")
        .network(n -> n.plugin("flannel"))
        .node(
            name,
            n ->
                n.address(address)
                    .port(port)
                    .user(user)
                    .sshKey(Secret.of(key))
                    .roles(Role.values()))
        .build();
  }

  /** Kills its process. A run that is killed has no end, but keeps the order until then. */
  private record Killer(Set<String> steps, Set<String> underWay, Path account)
      implements ProvisionListener {

    @Override
    public void on(ProvisionEvent event) {
      if (event instanceof ProvisionEvent.StepStarted start) {
        require(underWay.add(start.step().toString()), event);
        kill(start.step());
      } else if (event instanceof ProvisionEvent.StepSkipped skip) {
        require(!underWay.contains(skip.step().toString()), event);
        kill(skip.step());
      } else if (event instanceof ProvisionEvent.StepSucceeded end) {
        require(underWay.remove(end.step().toString()), event);
      } else if (event instanceof ProvisionEvent.StepEvent other) {
        require(underWay.contains(other.step().toString()), event);
      }
    }

    private static void require(boolean inOrder, ProvisionEvent event) {
      if (!inOrder) {
        System.out.println("out of order: " + event);
        Runtime.getRuntime().halt(OUT_OF_ORDER);
      }
    }

    private void kill(StepId step) {
      if (!steps.contains(step.toString())) {
        return;
      }
      underWay.add(step.toString());
      try {
        Files.write(account, underWay);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
