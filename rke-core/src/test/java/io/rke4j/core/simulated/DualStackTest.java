package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.check.Finding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose pods and services have addresses of IPv4 and IPv6. */
class DualStackTest {

  @TempDir private Path folder;

  private static void wantOneFamily(Trial trial) {
    trial.change(spec -> spec.kubernetes("v1.30.14-rancher1-1").network(n -> n.plugin("calico")));
  }

  private static void wantBoth(Trial trial) {
    trial.change(
        spec ->
            spec.kubernetes("v1.30.14-rancher1-1")
                .network(
                    n ->
                        n.plugin("calico")
                            .podCidr("10.42.0.0/16", "fd01::/64")
                            .serviceCidr("10.43.0.0/16", "fd98::/108")));
  }

  @Test
  @Timeout(240)
  void aClusterIsBuiltWithBothAndChangesNothingMoreAndKeepsThem() throws Exception {
    try (Trial trial = new Trial(2, folder)) {
      wantBoth(trial);
      CheckReport report = trial.provisioner().check(trial.spec());
      assertThat(report.blocks()).as("%s", report.render()).isFalse();
      assertThat(report.findings()).extracting(Finding::check).doesNotContain("ipv6");
      trial.build();

      wantOneFamily(trial);
      assertThatThrownBy(() -> trial.provisioner().plan(trial.spec()))
          .isInstanceOf(StepFailedException.class)
          .hasMessageContaining("those of IPv6 are to go (10.42.0.0/16)");
      wantBoth(trial);
      trial.remove();
    }
  }

  @Test
  @Timeout(240)
  void aClusterThatRunsGetsIpv6ByAPlanThatNamesAllThatChanges() throws Exception {
    try (Trial trial = new Trial(1, folder)) {
      wantOneFamily(trial);
      trial.build();
      wantBoth(trial);

      assertThat(trial.provisioner().plan(trial.spec()).render())
          .contains(
              "+fd98::1",
              "--service-cluster-ip-range=10.43.0.0/16,fd98::/108",
              "--cluster-cidr=10.42.0.0/16,fd01::/64",
              "RKE_KUBELET_CRIDOCKERD_DUALSTACK",
              "rke-network-plugin");
      trial.build();
    }
  }
}
