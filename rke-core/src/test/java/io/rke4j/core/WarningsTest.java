package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NetworkBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static List<String> warnings(Consumer<NetworkBuilder> network) {
    VersionCatalogue versions = VersionCatalogue.builtIn();
    ClusterSpec spec =
        ClusterSpec.named("c1")
            .kubernetes("v1.30.14-rancher1-1")
            .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.values()))
            .network(n -> network.accept(n.plugin("calico")))
            .build();
    ClusterNode node = new ClusterNode(spec.nodes().get(0), "192.0.2.1", "192.0.2.1");
    return Warnings.of(new Resolved(spec, versions.release(spec), List.of(node)), versions);
  }

  @Test
  void servicesWithAddressesThatNoPodHasAreWarnedOf() {
    assertThat(warnings(n -> n.serviceCidr("10.43.0.0/16", "fd98::/108")))
        .containsExactly(
            "services may get IPv6 addresses and pods get none, so that nobody answers there; give"
                + " pods a range of IPv6, too (cluster_cidr)");
    assertThat(warnings(n -> n.podCidr("10.42.0.0/16", "fd01::/64"))).isEmpty();
    assertThat(warnings(n -> {})).isEmpty();
  }
}
