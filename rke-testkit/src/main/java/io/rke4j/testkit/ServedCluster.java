package io.rke4j.testkit;

import io.rke4j.testkit.behaviour.ClusterApi;
import io.rke4j.testkit.host.OpenPort;
import io.rke4j.testkit.kube.SimulatedCluster;
import io.rke4j.testkit.kube.SimulatedKubeApi;
import io.rke4j.testkit.kube.api.EtcdLink;
import io.rke4j.testkit.kube.api.Faults;
import io.rke4j.testkit.kube.api.ServerSettings;
import io.rke4j.testkit.kube.api.ServingCertificate;
import io.rke4j.testkit.kube.controllers.NodeRegistration;
import io.rke4j.testkit.kube.resource.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * A simulated cluster as the components on the hosts use it.
 *
 * @param faults which requests to its API servers go wrong
 */
record ServedCluster(SimulatedCluster cluster, Faults faults) implements ClusterApi {

  @Override
  public OpenPort serve(InetSocketAddress address, ServingFiles files, Mode mode, EtcdLink etcd)
      throws IOException {
    ServerSettings settings =
        new ServerSettings(
            Optional.of(Release.of(mode.version())), mode.rbac(), Map.of(), faults, etcd);
    try {
      SimulatedKubeApi api =
          cluster.startApi(
              address,
              new ServingCertificate(files.certificate(), files.key(), files.clientAuthority()),
              settings);
      return api::close;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void join(Joining node) {
    cluster.registerNode(
        new NodeRegistration(
            node.name(),
            node.address(),
            node.labels(),
            node.taints(),
            node.version(),
            node.runtime()));
  }

  @Override
  public void lost(String node) {
    cluster.nodeLost(node);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
