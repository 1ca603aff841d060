package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.DeployerAccount;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.RkeStates;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.state.ClusterRecordCodec;
import io.rke4j.testkit.SimulatedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is taken over has addons that are not wanted any more. */
@Timeout(240)
class TakenOverAddonsTest {

  @TempDir private Path folder;

  @Test
  void whatRkeHasDeployedGoesIfTheSpecificationDoesNotWantIt() throws Exception {
    Path state = folder.resolve("state");
    try (Trial trial = new Trial(1, state)) {
      trial.build();
      Path rkes = rkeState(trial.host(), state.resolve("simulated.json"));
      trial.change(s -> s.addons(a -> a.withoutIngress().deployerAccount(DeployerAccount.GOES)));

      trial.provisioner().takeOver(trial.spec(), rkes);

      assertThat(trial.provisioner().plan(trial.spec()).render())
          .contains("- addons/remove-rke-ingress-controller")
          .doesNotContain("addons/remove-rke-kube-dns-addon", "addons/remove-rke-user-addon");
      trial.build();
    }
  }

  /** What RKE would have written of the cluster, instead of what is remembered here. */
  private Path rkeState(SimulatedHost host, Path document) throws IOException {
    CertificateBundle known =
        ClusterRecordCodec.read(Secret.of(Files.readString(document))).certificates();
    Files.delete(document);
    Map<String, Object> node =
        Map.of(
            "address", host.address(),
            "hostnameOverride", host.name(),
            "role", List.of("etcd", "controlplane", "worker"));
    return RkeStates.write(folder, "simulated", node, known);
  }
}
