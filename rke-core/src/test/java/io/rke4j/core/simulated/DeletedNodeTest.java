package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.core.kube.KubeApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody takes a node out of Kubernetes whose kubelet goes on. */
@Timeout(240)
class DeletedNodeTest {

  @TempDir private Path folder;

  @Test
  void aNodeThatWasDeletedUnderItsKubeletRegistersAgain() throws Exception {
    try (Trial trial = Trial.impatient(1, folder)) {
      trial.build();
      Cluster cluster = trial.provisioner().find(trial.spec()).orElseThrow();
      try (KubeApi api = KubeApi.open(cluster.kubeconfig())) {
        api.deleteNode(NodeName.of(trial.host().name()));
      }

      assertThat(trial.provisioner().plan(trial.spec()).render())
          .contains("node host-1 has not registered", "restart kubelet, so that it registers");
      trial.build();
    }
  }
}
