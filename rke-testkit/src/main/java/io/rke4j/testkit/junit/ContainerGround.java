package io.rke4j.testkit.junit;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ServiceOptionsBuilder;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.docker.DockerEngine;
import io.rke4j.testkit.docker.DockerHosts;
import io.rke4j.testkit.docker.DockerNetwork;
import io.rke4j.testkit.docker.DockerNodeDriver;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/**
 * Hosts that are containers, in a network of their own.
 *
 * @param network what they share
 * @param driver what makes them
 * @param spec the cluster of all of them
 */
record ContainerGround(DockerNetwork network, DockerNodeDriver driver, ClusterSpec spec)
    implements Ground {

  /**
   * What the hosts are made from.
   *
   * @param image their image
   * @param registryMirror where they pull images from; empty for the internet
   */
  record Hosts(String image, String registryMirror) {}

  static Ground make(Layout layout, Hosts hosts, Consumer<ClusterSpec.Builder> more, Path folder) {
    DockerEngine.missing(hosts.image())
        .ifPresent(
            why -> {
              throw new TestAbortedException(why);
            });
    ClusterSpec.Builder cluster = layout.spec().anyEngineVersion();
    for (int index = 0; index < layout.nodes(); index++) {
      int place = index;
      cluster.node(
          "node-" + (index + 1), n -> n.machine(2, "2Gi", "20Gi").roles(layout.roles(place)));
    }
    cluster.services(services -> services.kubeProxy(ContainerGround::leaveTheKernelAlone));
    more.accept(cluster);
    ClusterSpec spec = cluster.build();
    String name = "rke4j-test-" + UUID.randomUUID().toString().substring(0, 8);
    DockerNetwork network = DockerNetwork.create(name);
    DockerHosts alike =
        DockerHosts.in(name).of(hosts.image()).named(name + "-").mirroredBy(hosts.registryMirror());
    return new ContainerGround(network, new DockerNodeDriver(alike, folder.resolve("key")), spec);
  }

  /** A container may not change these settings of the kernel, which it shares. */
  private static void leaveTheKernelAlone(ServiceOptionsBuilder kubeProxy) {
    kubeProxy
        .arg("conntrack-max-per-core", "0")
        .arg("conntrack-tcp-timeout-established", "0s")
        .arg("conntrack-tcp-timeout-close-wait", "0s");
  }

  @Override
  public Object hosts() {
    return driver;
  }

  @Override
  public void introduceTo(ClusterProvisioner.Builder provisioner) {
    provisioner.nodeDriver(driver);
  }

  @Override
  public void close() {
    try (network;
        driver) {
      spec.nodes().forEach(node -> driver.destroy(node, new PatientContext()));
    }
  }
}
