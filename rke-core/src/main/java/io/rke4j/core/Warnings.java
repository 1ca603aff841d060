package io.rke4j.core;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.NodeBlock;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.catalogue.ImageAccess;
import io.rke4j.core.catalogue.ImageAccesses;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.UsedImages;
import io.rke4j.core.pki.ProvidedCertificates;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a user should know of a cluster that can be built, but perhaps was not meant so. */
final class Warnings {

  private static final Set<NetworkPlugin> BLOCK_OF_NODE =
      EnumSet.of(NetworkPlugin.CANAL, NetworkPlugin.FLANNEL, NetworkPlugin.NONE);

  private Warnings() {}

  static List<String> of(Resolved cluster, VersionCatalogue versions) {
    List<String> warnings = new ArrayList<>(ProvidedCertificates.warnings(cluster));
    warnings.addAll(cluster.spec().notes());
    versions.notice().ifPresent(warnings::add);
    int members = cluster.nodesWith(Role.ETCD).size();
    if (members % 2 == 0 && members > 0) {
      warnings.add(
          members
              + " etcd members tolerate no more failures than "
              + (members - 1)
              + "; use an odd number");
    }
    if (cluster.nodesWith(Role.WORKER).isEmpty()) {
      warnings.add("no node has role worker, so no workload, and no DNS server, will run");
    }
    NetworkSpec network = cluster.spec().network();
    if (network.plugin() == NetworkPlugin.NONE) {
      warnings.add(
          "network.plugin is none: nodes stay NotReady until you have installed a CNI plugin,"
              + " and nobody waits for them");
    }
    if (network.serviceRanges().isDual() && !network.podRanges().isDual()) {
      warnings.add(
          "services may get IPv6 addresses and pods get none, so that nobody answers there; give"
              + " pods a range of IPv6, too (cluster_cidr)");
    }
    warnings.addAll(fewBlocks(cluster));
    warnings.addAll(images(cluster));
    return warnings;
  }

  /**
   * Kubernetes gives nothing to nodes for which no block is left. Other plugins than these have
   * addresses of their own.
   */
  private static List<String> fewBlocks(Resolved cluster) {
    NetworkSpec network = cluster.spec().network();
    if (!BLOCK_OF_NODE.contains(network.plugin())) {
      return List.of();
    }
    int nodes = cluster.nodes().size();
    return NodeBlock.of(network, cluster.spec().services().controllerManager()).stream()
        .filter(block -> !block.isEnoughFor(nodes))
        .map(
            block ->
                ("every node takes a /%s of the pods' range %s, which is not enough for %d nodes;"
                        + " pods of the others get no addresses of it (cluster_cidr)")
                    .formatted(block.mask(), block.pods(), nodes))
        .toList();
  }

  /** Images that a host may not get; those that the user chose are the user's own affair. */
  private static List<String> images(Resolved cluster) {
    RuntimeSpec runtime = cluster.spec().runtime();
    Map<ImageAccess, Set<String>> images = new EnumMap<>(ImageAccess.class);
    for (SystemImage part : UsedImages.of(cluster.spec(), cluster.release().traits())) {
      ImageRef image = cluster.image(part);
      boolean isOwn = runtime.images().containsKey(part) || runtime.defaultRegistry().isPresent();
      ImageAccess access = ImageAccesses.of(image);
      if (access == ImageAccess.SUBSCRIPTION || (access == ImageAccess.UNKNOWN && !isOwn)) {
        images.computeIfAbsent(access, a -> new TreeSet<>()).add(image.value());
      }
    }
    List<String> warnings = new ArrayList<>();
    images.forEach(
        (access, names) ->
            warnings.add(
                (access == ImageAccess.SUBSCRIPTION
                        ? "only who has a subscription can pull "
                        : "it is not known who can pull ")
                    + String.join(", ", names)
                    + "; log in under private_registries, or name others under system_images"));
    return warnings;
  }
}
