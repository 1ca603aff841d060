package io.rke4j.core.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.contract.NodeDriverContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExistingMachinesTest extends NodeDriverContract {

  @Override
  protected NodeDriver open() {
    return new ExistingMachines();
  }

  @Override
  protected NodeSpec node(String name) {
    return ClusterSpec.named("c1")
        .kubernetes("v1.20.15-rancher2-1")
        .node(
            name,
            n ->
                n.address(name + ".lab")
                    .user("rke")
                    .sshKey(Secret.of("marker-key"))
                    .roles(Role.CONTROL_PLANE, Role.ETCD))
        .build()
        .nodes()
        .get(0);
  }

  @Override
  protected List<String> secrets() {
    return List.of("marker-key");
  }

  @Test
  void theMachineStaysWhenItIsDestroyed() {
    NodeSpec node = node("contract-1");
    NodeDriver driver = open();
    driver.destroy(node, context());
    assertThat(driver.find(node)).isPresent();
  }

  @Test
  void aMachineThatIsYetToBeMadeIsAProblem() {
    NodeSpec node =
        ClusterSpec.named("c1")
            .kubernetes("v1.20.15-rancher2-1")
            .node("n1", n -> n.machine(2, "2Gi", "20Gi").roles(Role.CONTROL_PLANE, Role.ETCD))
            .build()
            .nodes()
            .get(0);
    assertThat(open().check(node))
        .singleElement()
        .satisfies(problem -> assertThat(problem.toString()).contains("no driver is there"));
    assertThat(open().find(node)).isEmpty();
  }
}
