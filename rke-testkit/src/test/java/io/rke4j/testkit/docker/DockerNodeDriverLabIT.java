package io.rke4j.testkit.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.contract.MachineMakingContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of drivers with real containers; skipped where they cannot be made. */
class DockerNodeDriverLabIT extends MachineMakingContract {

  private static final String NAME = "rke4j-contract-" + ProcessHandle.current().pid();
  private static final DockerHosts HOSTS = DockerHosts.in(NAME).named(NAME + "-");

  @TempDir private static Path folder;
  private static DockerNetwork network;

  @BeforeAll
  static void makeANetwork() {
    String missing = DockerEngine.missing(HOSTS.image()).orElse("");
    assumeTrue(missing.isEmpty(), missing);
    network = DockerNetwork.create(NAME);
  }

  @AfterAll
  static void takeItAway() {
    if (network != null) {
      network.close();
    }
  }

  @Override
  protected NodeDriver open() {
    return new DockerNodeDriver(HOSTS, folder);
  }

  @Override
  protected NodeSpec node(String name) {
    return ClusterSpec.named("contract")
        .kubernetes("v1.20.15-rancher2-1")
        .node(name, n -> n.machine(1, "1Gi", "10Gi").roles(Role.CONTROL_PLANE, Role.ETCD))
        .build()
        .nodes()
        .get(0);
  }
}
