package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "s3_backup_config, s3backupconfig",
    "node_name, nodeName",
    "roles, role",
    "drain_input, node_drain_input",
    "cluster_nmae, cluster_name"
  })
  void theWordThatWasMeantIsFound(String mistyped, String meant) {
    List<String> known =
        List.of("s3backupconfig", "nodeName", "role", "drain", "node_drain_input", "cluster_name");
    assertThat(Nearest.to(mistyped, known)).contains(meant);
  }

  @Test
  void nothingNearIsNothing() {
    assertThat(Nearest.to("flux_capacitor", List.of("role", "user"))).isEmpty();
  }
}
