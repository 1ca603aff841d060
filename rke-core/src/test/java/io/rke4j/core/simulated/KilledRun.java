package io.rke4j.core.simulated;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.StepId;
import io.rke4j.testkit.SimulatedHost;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that builds a cluster on a host of another process, until it kills itself when a step
 * starts. What that one needs to know comes by the arguments, and the key by standard input.
 */
final class KilledRun {

  /** What such a process ends with. */
  static final int HALTED = 86;

  private KilledRun() {}

  /** Starts such a process. */
  static Process start(SimulatedHost host, Path state, StepId step) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledRun.class.getName(),
            state.toString(),
            step.toString(),
            host.name(),
            host.address(),
            String.valueOf(host.port()),
            host.user(),
            host.hostKeyFingerprint());
    File log = state.resolveSibling(state.getFileName() + ".log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(host.privateKey());
    }
    return process;
  }

  /** Ends with 86 if it was killed at the step, and with anything else if it was not. */
  public static void main(String[] arguments) throws Exception {
    String key = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    String address = arguments[3];
    int port = Integer.parseInt(arguments[4]);
    ClusterSpec spec = spec(arguments[2], address, port, arguments[5], key);
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder()
            .stateDirectory(Path.of(arguments[0]))
            .hostKeys(new HostKeyPolicy.Pinned(Map.of("[" + address + "]:" + port, arguments[6])))
            .on(ProvisionEvent.StepStarted.class, event -> halt(event.step(), arguments[1]))
            .build()) {
      rke.apply(rke.plan(spec)).await(Duration.ofMinutes(2));
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

  private static void halt(StepId step, String wanted) {
    if (step.toString().equals(wanted)) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
