package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Provisioning;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.core.phase.Steps;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.container.MountTable.Mount;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Components share the volume of a container that is made from an image of its own. */
@Timeout(120)
class SidekickTest {

  private static final List<String> COMPONENTS =
      List.of(
          "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy");

  @TempDir private Path folder;

  @Test
  void anotherImageOfTheToolsReachesTheComponents() throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      trial.build();
      assertThat(sharing(trial.host())).isEqualTo(COMPONENTS);
      changeTools(trial);

      assertThat(reasons(trial.provisioner().plan(trial.spec())))
          .hasSize(COMPONENTS.size())
          .allMatch(changes -> changes.equals(List.of("its service-sidekick is replaced")));
      trial.build();

      assertThat(sharing(trial.host())).isEqualTo(COMPONENTS);
    }
  }

  @Test
  void whatARunThatWasCutOffHasNotReplacedTheNextOneReplaces() throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      trial.build();
      changeTools(trial);
      NodeName node = trial.spec().nodes().get(0).name();
      trial.interrupt(
          trial.provisioner().plan(trial.spec()),
          Steps.on(Phase.CONTROL_PLANE, "run-kube-controller-manager", node),
          Provisioning::cancel);
      assertThat(sharing(trial.host())).hasSizeLessThan(COMPONENTS.size());

      assertThat(reasons(trial.provisioner().plan(trial.spec())))
          .isNotEmpty()
          .allMatch(changes -> changes.equals(List.of("its service-sidekick was replaced")));
      trial.build();

      assertThat(sharing(trial.host())).isEqualTo(COMPONENTS);
    }
  }

  private static void changeTools(Trial trial) {
    trial.change(
        spec -> spec.image(SystemImage.KUBERNETES_SERVICES_SIDECAR, "rancher/rke-tools:v0.1.999"));
  }

  /** Why components are replaced. */
  private static List<List<String>> reasons(Plan plan) {
    return plan.steps().stream()
        .filter(step -> step.id().action().matches("run-kube.*"))
        .map(PlannedStep::decision)
        .filter(Decision.Change.class::isInstance)
        .map(decision -> ((Decision.Change) decision).changes())
        .toList();
  }

  /** Those that have the volume that the sidekick has now. */
  private static List<String> sharing(SimulatedHost host) {
    String volume = volume(host, "service-sidekick");
    return COMPONENTS.stream().filter(name -> volume(host, name).equals(volume)).toList();
  }

  private static String volume(SimulatedHost host, String container) {
    return host.docker().containers().require(container).mounts().mounts().stream()
        .filter(mount -> mount.destination().equals("/opt/rke-tools"))
        .map(Mount::volume)
        .findFirst()
        .orElseThrow();
  }
}
