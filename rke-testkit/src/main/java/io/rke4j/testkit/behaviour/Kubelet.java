package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.behaviour.ClusterApi.Joining;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.PortService;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A kubelet: healthy at once, registers its node as soon as an API server answers at its host, and
 * is missed some time after it has ended.
 */
final class Kubelet extends Program {

  private static final Duration PAUSE = Duration.ofMillis(50);

  /** The controller manager's {@code --node-monitor-grace-period}. */
  private static final Duration GRACE = Duration.ofSeconds(40);

  private final ControlPlanes planes;
  private final Map<String, String> running = new ConcurrentHashMap<>();

  Kubelet(ControlPlanes planes) {
    this.planes = planes;
  }

  @Override
  public void start(ContainerProcess process) {
    try {
      Files.required(process, "kubeconfig");
      Files.required(process, "client-ca-file");
      process.listen(10248, HttpPort.healthy());
      process.listen(10250, PortService.SILENT);
      leaveTraces(process);
      process.execute(() -> join(process));
    } catch (IOException e) {
      process.err(
          "F0101 00:00:00.000000       1 server.go] failed to run Kubelet: " + e.getMessage());
      process.exit(1);
    }
  }

  /** What a kubelet has on its host after a while. */
  private static void leaveTraces(ContainerProcess process) {
    for (String folder : List.of("pods", "plugins", "plugins_registry")) {
      process.files().tree().makeFolders(process.files().resolve("/var/lib/kubelet/" + folder));
    }
    process.files().put("/var/lib/kubelet/pki/kubelet.key", FileEntry.file(0600, "simulated\n"));
    process.files().put("/var/lib/kubelet/cpu_manager_state", FileEntry.file(0600, "{}\n"));
  }

  private void join(ContainerProcess process) {
    if (process.isOver()) {
      return;
    }
    Optional<ClusterApi> api = planes.at(process.machine().ip());
    if (api.isEmpty()) {
      process.machine().threads().later(PAUSE, () -> join(process));
      return;
    }
    Joining node = node(process);
    running.put(node.name(), process.id());
    api.get().join(node);
    process.files().put("/etc/cni/net.d/10-simulated.conflist", FileEntry.file(0600, "{}\n"));
    process.files().put("/opt/cni/bin/simulated", FileEntry.file(0755, ""));
    process.err(
        "I0101 00:00:00.000000       1 kubelet_node_status.go] Successfully registered node "
            + node.name());
    process.atEnd(() -> miss(process, api.get(), node.name()));
  }

  private void miss(ContainerProcess process, ClusterApi api, String node) {
    running.remove(node, process.id());
    process
        .machine()
        .threads()
        .later(
            GRACE,
            () -> {
              if (!running.containsKey(node)) {
                api.lost(node);
              }
            });
  }

  private static Joining node(ContainerProcess process) {
    return new Joining(
        process
            .settings()
            .flag("hostname-override")
            .orElse(process.machine().facts().hostname())
            .toLowerCase(Locale.ROOT),
        process.settings().flag("node-ip").orElse(process.machine().ip()),
        Map.of(),
        process.settings().flag("register-with-taints").stream()
            .flatMap(taints -> Arrays.stream(taints.split(",", -1)))
            .toList(),
        Files.kubernetes(process),
        "docker://" + process.machine().facts().engine());
  }
}
