package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NetworkBuilder;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static List<String> warnings(Consumer<NetworkBuilder> network) {
    return warnings(1, network);
  }

  private static List<String> warnings(int count, Consumer<NetworkBuilder> network) {
    VersionCatalogue versions = VersionCatalogue.builtIn();
    ClusterSpec.Builder built =
        ClusterSpec.named("c1")
            .kubernetes("v1.30.14-rancher1-1")
            .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.values()))
            .network(n -> network.accept(n.plugin("calico")));
    for (int number = 2; number <= count; number++) {
      String address = "192.0.2." + number;
      built.node("n" + number, n -> n.address(address).user("rke").roles(Role.WORKER));
    }
    ClusterSpec spec = built.build();
    List<ClusterNode> nodes = new ArrayList<>();
    for (NodeSpec node : spec.nodes()) {
      String address = "192.0.2." + (nodes.size() + 1);
      nodes.add(new ClusterNode(node, address, address));
    }
    return Warnings.of(new Resolved(spec, versions.release(spec), nodes), versions);
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

  @Test
  void rangesOfPodsThatHaveNoBlockForEveryNodeAreWarnedOf() {
    String warning =
        "every node takes a /64 of the pods' range fd01::/64, which is not enough for 2 nodes; pods"
            + " of the others get no addresses of it (cluster_cidr)";

    assertThat(warnings(2, n -> n.plugin("none").podCidr("10.42.0.0/16", "fd01::/64")))
        .contains(warning);
    assertThat(warnings(2, n -> n.plugin("none").podCidr("10.42.0.0/16", "fd01::/60")))
        .doesNotContain(warning)
        .hasSize(1);
    assertThat(warnings(2, n -> n.plugin("flannel").podCidr("10.42.0.0/24")))
        .singleElement()
        .asString()
        .contains("a /24 of the pods' range 10.42.0.0/24");
    assertThat(warnings(2, n -> n.podCidr("10.42.0.0/16", "fd01::/64"))).isEmpty();
  }
}
