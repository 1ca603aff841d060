package io.rke4j.core.manifest;

import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.NodeLocalDns;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import java.util.Optional;

/** Keeps the DNS server's answers on every node. */
final class NodeLocal {

  private static final int FIRST_WITH_METRICS = 21;

  private NodeLocal() {}

  static Optional<String> manifest(Resolved cluster) {
    return cluster.spec().addons().dns().nodeLocal() instanceof NodeLocalDns.On local
        ? Optional.of(manifest(cluster, local))
        : Optional.empty();
  }

  private static String manifest(Resolved cluster, NodeLocalDns.On local) {
    NetworkSpec network = cluster.spec().network();
    boolean metrics = cluster.release().version().minor() >= FIRST_WITH_METRICS;
    return Template.file("nodelocal.yaml")
            .with("domain", network.clusterDomain())
            .with("address", local.address())
            .with("clusterIp", network.dnsServer())
            // Resolvers outside the cluster need not know TCP, but RKE asked them by it for long.
            .with("upstream", metrics ? "" : "force_tcp")
            .with(
                "nodeSelector",
                YamlLines.block("nodeSelector", YamlLines.map(local.pods().nodeSelector())))
            .with("update", PodLines.update(local.pods().update()))
            .with("priorityClass", local.pods().priorityClass())
            .with("image", cluster.image(SystemImage.NODELOCAL))
            .fill()
        + (metrics ? Template.file("nodelocal-metrics.yaml").fill() : "");
  }
}
