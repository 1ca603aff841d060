package io.rke4j.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.pki.Clusters;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RkeStateFileTest {

  private static final Resolved CLUSTER = Clusters.single();
  private static final CertificateIssuer ISSUER =
      new CertificateIssuer(Clock.systemUTC(), Runnable::run);
  private static final CertificateBundle BUNDLE = Clusters.singleIssued();
  private static final JsonMapper JSON = new JsonMapper();

  private static final Map<String, Object> CONFIG =
      Map.of(
          "clusterName", "c1",
          "kubernetesVersion", "v1.20.15-rancher2-1",
          "sshKeyPath", "lab_key",
          "nodes",
              List.of(
                  Map.of(
                      "address", "172.17.0.2",
                      "port", "22",
                      "internalAddress", "",
                      "role", List.of("controlplane", "etcd", "worker"),
                      "hostnameOverride", "172.17.0.2",
                      "user", "root",
                      "sshKey", "MARKER",
                      "labels", Map.of("tier", "web"),
                      "taints",
                          List.of(Map.of("key", "k", "value", "v", "effect", "NoSchedule")))));

  @TempDir private Path folder = Path.of("");

  @Test
  void aClusterOfRkesIsTakenOverWithoutIssuingAnything() throws IOException {
    ClusterRecord record = read(Map.of(), state(BUNDLE.entries()));
    assertThat(record.cluster()).isEqualTo("c1");
    assertThat(record.version().value()).isEqualTo("v1.20.15-rancher2-1");
    assertThat(record.nodes())
        .containsExactly(
            new NodeRecord(
                NodeName.of("172.17.0.2"),
                "172.17.0.2",
                "172.17.0.2",
                Set.of(Role.values()),
                Map.of("tier", "web"),
                List.of(new Taint("k", "v", Taint.Effect.NO_SCHEDULE))));
    assertThat(record.certificates()).isEqualTo(BUNDLE);
    assertThat(record.addons()).contains("rke-kube-dns-addon", "rke-ingress-controller");
    assertThat(record.established()).isTrue();
    assertThat(ISSUER.plan(CLUSTER, record.certificates()).lines()).isEmpty();
    assertThat(ClusterRecordCodec.write(record).reveal()).doesNotContain("MARKER");
  }

  @Test
  void sharedKeysOfRkesAreNoReasonToIssueAnything() throws IOException {
    Map<String, Entry> shared = new HashMap<>(BUNDLE.entries());
    shared.put("kube-service-account-token", BUNDLE.entry("kube-apiserver"));
    ClusterRecord record = read(Map.of(), state(shared));
    assertThat(ISSUER.plan(CLUSTER, record.certificates()).lines()).isEmpty();
  }

  @Test
  void whereNoKeyForTokensIsKeptItIsTheApiServers() throws IOException {
    Map<String, Entry> legacy = new HashMap<>(BUNDLE.entries());
    legacy.remove("kube-service-account-token");
    assertThat(read(Map.of(), state(legacy)).certificates().entry("kube-service-account-token"))
        .isEqualTo(BUNDLE.entry("kube-apiserver"));
  }

  @Test
  void beforeTheFirstCompleteRunTheDesiredStateCounts() throws IOException {
    ClusterRecord record = read(state(BUNDLE.entries()), Map.of());
    assertThat(record.certificates()).isEqualTo(BUNDLE);
    assertThat(record.established()).isFalse();
  }

  @Test
  void aFileWithoutAClusterIsRefused() throws IOException {
    assertThatThrownBy(() -> read(Map.of(), Map.of()))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("cluster.rkestate cannot be read: it names no clusterName");
    assertThatThrownBy(() -> read(state(Map.of()), Map.of()))
        .hasMessageContaining("it holds no certificates");
    Path damaged = folder.resolve("damaged.rkestate");
    Files.writeString(damaged, "{\"desiredState\": MARKER");
    assertThatThrownBy(() -> RkeStateFile.read(damaged))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("in line 1")
        .hasMessageNotContaining("MARKER");
    assertThatThrownBy(() -> RkeStateFile.read(folder.resolve("absent.rkestate")))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("NoSuchFileException");
  }

  private ClusterRecord read(Map<String, Object> desired, Map<String, Object> current)
      throws IOException {
    Path file = folder.resolve("cluster.rkestate");
    Files.writeString(
        file, JSON.writeValueAsString(Map.of("desiredState", desired, "currentState", current)));
    return RkeStateFile.read(file);
  }

  private static Map<String, Object> state(Map<String, Entry> entries) {
    Map<String, Object> bundle = new HashMap<>();
    entries.forEach(
        (name, entry) ->
            bundle.put(
                name,
                Map.of(
                    "certificatePEM",
                    entry.certificatePem(),
                    "keyPEM",
                    entry.key().reveal(),
                    "config",
                    "",
                    "name",
                    name,
                    "commonName",
                    "system:" + name)));
    return Map.of("rkeConfig", CONFIG, "certificatesBundle", bundle, "encryptionConfig", "");
  }
}
