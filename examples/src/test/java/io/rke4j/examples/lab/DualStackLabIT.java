package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster that runs gets IPv6. Its network plugin would be the user's own: nobody builds images
 * of one here that gives pods addresses of IPv6.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DualStackLabIT {

  private static final String DUAL = Example.text("dual-stack.yml");
  private static final String SINGLE = DUAL.replaceAll(",fd[0-9a-f]+::/\\d+", "");

  private Lab lab;
  private LabCluster cluster;
  private Kubectl kubectl;

  @BeforeAll
  void build() {
    Lab.buildNewestImages();
    lab = Lab.withFreshHosts(1);
    cluster = LabCluster.on(lab);
    cluster.up(SINGLE);
    kubectl = cluster.kubectl(cluster.up(DUAL));
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  @Test
  @Order(1)
  void nodesHaveBlocksOfBothFamiliesForTheirPods() {
    Eventually.within(
        Duration.ofMinutes(2),
        () ->
            assertThat(kubectl.ask("get", "node", "mixed", "-o", "jsonpath={.spec.podCIDRs}"))
                .isEqualTo("[\"10.42.0.0/24\",\"fd01::/64\"]"));
  }

  @Test
  @Order(1)
  void servicesHaveAddressesOfBothFamilies() {
    kubectl.apply(Example.text("dual-stack-service.yml"));
    assertThat(kubectl.ask("get", "service", "both", "-o", "jsonpath={.spec.clusterIPs}"))
        .matches("\\[\"10\\.43\\.[0-9.]+\",\"fd98::[0-9a-f:]+\"]");
  }

  @Test
  @Order(2)
  void secondPlanIsEmptyAndIpv6IsNotTakenAway() {
    cluster.assertUpToDate(DUAL);
    assertThatThrownBy(() -> cluster.plan(SINGLE)).hasMessageContaining("fd01::/64");
  }

  @Test
  @Order(3)
  void removalLeavesNoRulesOfEitherFamily() {
    LabHost host = lab.host(1);
    assertThat(host.shell("ip6tables-save; iptables-save")).contains("KUBE-SERVICES");
    cluster.remove(DUAL);
    assertThat(host.shell("ip6tables-save; iptables-save")).doesNotContain("KUBE");
    cluster.recorder().assertWellFormed();
  }
}
