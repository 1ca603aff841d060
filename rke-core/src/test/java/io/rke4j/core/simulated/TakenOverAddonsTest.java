package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rke4j.api.cluster.DeployerAccount;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.state.ClusterRecordCodec;
import io.rke4j.testkit.SimulatedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    Map<String, Object> bundle = new TreeMap<>();
    known
        .entries()
        .forEach(
            (name, entry) ->
                bundle.put(
                    name,
                    Map.of(
                        "certificatePEM", entry.certificatePem(), "keyPEM", entry.key().reveal())));
    Map<String, Object> node =
        Map.of(
            "address", host.address(),
            "hostnameOverride", host.name(),
            "role", List.of("etcd", "controlplane", "worker"));
    Map<String, Object> config =
        Map.of(
            "clusterName", "simulated",
            "kubernetesVersion", "v1.20.15-rancher2-1",
            "nodes", List.of(node));
    Files.delete(document);
    Path file = folder.resolve("cluster.rkestate");
    new JsonMapper()
        .writeValue(
            file.toFile(),
            Map.of("currentState", Map.of("rkeConfig", config, "certificatesBundle", bundle)));
    return file;
  }
}
