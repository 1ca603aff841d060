package io.rke4j.core.check;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ExistingHost;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;

/** Clusters whose hosts are looked at. */
final class CheckedClusters {

  private CheckedClusters() {}

  static Resolved resolve(ClusterSpec spec) {
    return new Resolved(
        spec,
        VersionCatalogue.builtIn().release(spec),
        spec.nodes().stream().map(CheckedClusters::place).toList());
  }

  private static ClusterNode place(NodeSpec node) {
    ExistingHost host = (ExistingHost) node.machine();
    return new ClusterNode(node, host.address(), host.internalAddress());
  }
}
