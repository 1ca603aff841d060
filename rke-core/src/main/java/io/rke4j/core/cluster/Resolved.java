package io.rke4j.core.cluster;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.HostPrefix;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;
import java.util.Map;

/**
 * A specification with everything filled in.
 *
 * @param spec the cluster as the user wants it
 * @param release what belongs to its Kubernetes version
 * @param nodes its nodes and where they are, in the user's order
 */
public record Resolved(ClusterSpec spec, Release release, List<ClusterNode> nodes) {

  /** Operating systems whose root cannot be written, or does not last. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "Boot2Docker", "/mnt/sda1/rke",
          "RancherOS", "/opt/rke",
          "CoreOS", "/opt/rke",
          "Flatcar", "/opt/rke");

  /** Copies the nodes. */
  public Resolved {
    nodes = List.copyOf(nodes);
  }

  /** The nodes of one plane, in the user's order. */
  public List<ClusterNode> nodesWith(Role role) {
    return nodes.stream().filter(node -> node.has(role)).toList();
  }

  /** The same with only those nodes whose machines are there. */
  public Resolved located() {
    return new Resolved(spec, release, nodes.stream().filter(ClusterNode::isLocated).toList());
  }

  /** Whether all machines are there, and their addresses so known. */
  public boolean isLocated() {
    return nodes.stream().allMatch(ClusterNode::isLocated);
  }

  /**
   * Where a host keeps the cluster's files: where the user says or, if that is the root, where its
   * operating system lets it (RKE's {@code hosts.SetPrefixPath}).
   */
  public HostPrefix prefix(EngineFacts engine) {
    HostPrefix wanted = spec.runtime().prefix();
    if (!wanted.isRoot()) {
      return wanted;
    }
    return PREFIXES.entrySet().stream()
        .filter(system -> engine.operatingSystem().contains(system.getKey()))
        .findFirst()
        .map(system -> new HostPrefix(system.getValue()))
        .orElse(wanted);
  }

  /** Whether a Docker Engine of this version is good enough for it. */
  public boolean acceptsEngine(String version) {
    return spec.runtime().anyEngineVersion() || release.isForEngine(version);
  }

  /** The image of one part. */
  public ImageRef image(SystemImage part) {
    return release.image(part);
  }
}
