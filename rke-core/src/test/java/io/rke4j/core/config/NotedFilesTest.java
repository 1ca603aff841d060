package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.CertificateRenewal;
import io.rke4j.api.cluster.CertificateRenewal.Owner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.SecretsEncryption;
import io.rke4j.testkit.assertion.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are taken, and of which every plan says what their writer may not expect. */
class NotedFilesTest {

  private static final Path FILES = Path.of("src/test/resources/golden/cluster-yml-noted");

  @ParameterizedTest
  @ValueSource(strings = {"everything", "nothing", "rotation"})
  void whatHasNoEffectIsToldWithItsLine(String name) {
    String notes = String.join("\n", read(name).notes());

    assertThat(notes).doesNotContain("marker-secret");
    Golden.assertMatches(FILES.resolve(name + ".txt"), notes.isEmpty() ? notes : notes + "\n");
  }

  @Test
  void rotationMeansThatEverythingFromBeforeIsTooOld() {
    Instant before = Instant.now().minus(Duration.ofSeconds(1));
    ClusterSpec spec = read("rotation");

    CertificateRenewal renewal = spec.access().renewal();
    assertThat(renewal.issuedBefore()).isAfter(before);
    assertThat(renewal.owners()).containsExactlyInAnyOrder(Owner.ETCD, Owner.KUBELET);
    assertThat(spec.services().kubeApi().secretsEncryption())
        .isInstanceOfSatisfying(
            SecretsEncryption.Generated.class,
            generated -> assertThat(generated.keyMadeSince()).isAfter(before));
  }

  private static ClusterSpec read(String name) {
    return new ClusterYaml().read(FILES.resolve(name + ".yml"));
  }
}
